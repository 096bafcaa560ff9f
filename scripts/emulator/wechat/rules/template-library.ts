export interface Keyword {
  readonly name: string;
  /** Its key in the data of a message. */
  readonly key: string;
  readonly example: string;
}

export interface LibraryTemplate {
  readonly title: string;
  readonly keywords: readonly Keyword[];
}

const order: readonly Keyword[] = [
  { name: '订单编号', key: 'character_string1', example: '20260101001' },
  { name: '商品名称', key: 'thing2', example: '苹果' },
  { name: '订单金额', key: 'amount3', example: '¥39.80元' },
  { name: '下单时间', key: 'time4', example: '2026-01-01 12:00:00' },
  { name: '客户姓名', key: 'name5', example: '张三' },
  { name: '联系电话', key: 'phone_number6', example: '13800000000' },
];
const appointment: readonly Keyword[] = [
  { name: '预约项目', key: 'thing1', example: '洗车' },
  { name: '预约日期', key: 'date2', example: '2026年1月1日' },
  { name: '车牌号', key: 'car_number3', example: '粤A00001' },
  { name: '预约状态', key: 'phrase4', example: '已确认' },
  { name: '排队人数', key: 'number5', example: '3' },
];

/** A few templates in the manner of WeChat's library, by their short ids, which are ours. */
export const libraryTemplates: Readonly<Record<string, LibraryTemplate>> = {
  '10001': { title: '下单成功通知', keywords: order },
  '10002': { title: '预约成功提醒', keywords: appointment },
};

/** The same for subscribe messages, by `tid`; a keyword's `kid` is its place, counted from 1. */
export const librarySubscribeTemplates: Readonly<
  Record<string, LibraryTemplate & { readonly type: 2 | 3; readonly categoryId: string }>
> = {
  '20001': { title: '下单成功通知', keywords: order, type: 2, categoryId: '612' },
  '20002': { title: '预约成功提醒', keywords: appointment, type: 3, categoryId: '616' },
};

export const categories = [
  { id: 612, name: '商家自营' },
  { id: 616, name: '生活服务' },
];

/** Content and example of a template with these keywords, as WeChat writes them. */
export function writeTemplate(keywords: readonly Keyword[]) {
  return {
    content: keywords.map(({ name, key }) => `${name}:{{${key}.DATA}}`).join('\n'),
    example: keywords.map(({ name, example }) => `${name}:${example}`).join('\n'),
  };
}
