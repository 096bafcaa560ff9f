/**
 * Industries by the id that `api_set_industry` takes: first class and second class.
 *
 * @see https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Template_Message_Interface.html
 */
const table: Readonly<Record<string, readonly [string, string]>> = {
  1: ['IT科技', '互联网/电子商务'],
  2: ['IT科技', 'IT软件与服务'],
  3: ['IT科技', 'IT硬件与设备'],
  4: ['IT科技', '电子技术'],
  5: ['IT科技', '通信与运营商'],
  6: ['IT科技', '网络游戏'],
  7: ['金融业', '银行'],
  8: ['金融业', '基金理财信托'],
  9: ['金融业', '保险'],
  10: ['餐饮', '餐饮'],
  11: ['酒店旅游', '酒店'],
  12: ['酒店旅游', '旅游'],
  13: ['运输与仓储', '快递'],
  14: ['运输与仓储', '物流'],
  15: ['运输与仓储', '仓储'],
  16: ['教育', '培训'],
  17: ['教育', '院校'],
  18: ['政府与公共事业', '学术科研'],
  19: ['政府与公共事业', '交警'],
  20: ['政府与公共事业', '博物馆'],
  21: ['政府与公共事业', '公共事业/非盈利机构'],
  22: ['医药护理', '医药医疗'],
  23: ['医药护理', '护理美容'],
  24: ['医药护理', '保健与卫生'],
  25: ['交通工具', '汽车相关'],
  26: ['交通工具', '摩托车相关'],
  27: ['交通工具', '火车相关'],
  28: ['交通工具', '飞机相关'],
  29: ['房地产', '建筑'],
  30: ['房地产', '物业'],
  31: ['消费品', '消费品'],
  32: ['商业服务', '法律'],
  33: ['商业服务', '会展'],
  34: ['商业服务', '中介服务'],
  35: ['商业服务', '认证'],
  36: ['商业服务', '审计'],
  37: ['文体娱乐', '传媒'],
  38: ['文体娱乐', '体育'],
  39: ['文体娱乐', '娱乐休闲'],
  40: ['印刷', '印刷'],
  41: ['其它', '其它'],
};

export const industries: Readonly<Record<string, { first_class: string; second_class: string }>> =
  Object.fromEntries(
    Object.entries(table).map(([id, [first, second]]) => [
      id,
      { first_class: first, second_class: second },
    ]),
  );
