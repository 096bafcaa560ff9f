import type { SectionValues } from '../../sections.ts';
import { language } from '../settings.ts';

type Faults = SectionValues['faults'];
type Words = readonly [zh: string, en: string];

/** A fault that waits to strike, as people read it. */
export interface ActiveFault {
  /** What the control API is told to end it. */
  readonly path: string;
  readonly words: string;
  /** How often it will still strike; `undefined` is always. */
  readonly left: number | undefined;
}

/** Those of WeChat's pushes, of its API, and of the database. */
export function activeFaults({ push, wechat, cloudbase }: Faults): readonly ActiveFault[] {
  return [
    ...push.map((fault) => ({
      path: `/faults?id=${fault.id}`,
      words: say(pushWords(fault)),
      left: fault.times,
    })),
    ...wechat.map((fault) => ({
      path: `/wechat/faults?id=${fault.id}`,
      words: say(apiWords(fault)),
      left: fault.times,
    })),
    ...cloudbase
      .map(({ id, fault, hits }) => ({
        path: `/cloudbase/faults?id=${id}`,
        words: say(storeWords(fault)),
        left: fault.times === undefined ? undefined : fault.times - hits,
      }))
      .filter(({ left }) => left !== 0),
  ];
}

function say([zh, en]: Words): string {
  return language.value === 'zh' ? zh : en;
}

function pushWords(fault: Faults['push'][number]): Words {
  switch (fault.kind) {
    case 'lost-answer':
      return ['推送：回复丢失', 'Push: the reply is lost'];
    case 'unreachable':
      return ['推送：回调不可达', 'Push: the callback is unreachable'];
    case 'slow':
      return [`推送：延迟 ${fault.ms / 1_000} 秒`, `Push: ${fault.ms / 1_000} s late`];
    case 'dead-instance':
      return fault.after === 'claim'
        ? ['推送：认领后实例崩溃', 'Push: the instance dies after the claim']
        : ['推送：实例崩溃', 'Push: the instance dies'];
  }
}

function apiWords(fault: Faults['wechat'][number]): Words {
  const { path, errcode, status, reset, slowMs, malformed } = fault;
  const effects: Words[] = [];
  if (slowMs) effects.push([`${slowMs / 1_000} 秒后返回`, `answers after ${slowMs / 1_000} s`]);
  if (errcode !== undefined) effects.push([`返回 ${errcode}`, `answers ${errcode}`]);
  if (status) effects.push([`返回 HTTP ${status}`, `answers HTTP ${status}`]);
  if (reset === 'before') effects.push(['未执行，连接中断', 'breaks off, undone']);
  if (reset === 'after') effects.push(['已执行，连接中断', 'breaks off, done']);
  if (malformed) effects.push(['返回的 JSON 损坏', 'answers with broken JSON']);
  const [zh, en] = path === '*' ? ['任意接口', 'any call'] : [path, path];
  return [
    `微信接口 ${zh}：${effects.map((words) => words[0]).join('，')}`,
    `WeChat API, ${en}: ${effects.map((words) => words[1]).join(', ')}`,
  ];
}

function storeWords(fault: Faults['cloudbase'][number]['fault']): Words {
  const [zh, en] = storeEffect(fault);
  const where = [fault.collection, fault.action].filter(Boolean).join(' ');
  return [`数据库${where && ` ${where}`}：${zh}`, `Store${where && `, ${where}`}: ${en}`];
}

function storeEffect(fault: Faults['cloudbase'][number]['fault']): Words {
  switch (fault.kind) {
    case 'conflict':
      return ['事务冲突', 'a transaction ends in a conflict'];
    case 'error':
      return [`返回 ${fault.code}`, `answers ${fault.code}`];
    case 'http':
      return [`返回 HTTP ${fault.status}`, `answers HTTP ${fault.status}`];
    case 'reset':
      return fault.when === 'after'
        ? ['已写入，连接中断', 'breaks off, done']
        : ['未写入，连接中断', 'breaks off, undone'];
    case 'delay':
      return [`延迟 ${fault.ms} 毫秒`, `${fault.ms} ms late`];
  }
}
