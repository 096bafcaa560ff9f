import { describe, expect, test } from '@jest/globals';
import { AppError } from '../kernel/errors.ts';
import { refuseClients } from './guard.ts';

function judge(context: unknown): string {
  try {
    refuseClients(context);
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return 'passed';
}

describe('refuseClients', () => {
  test.each([
    ['a timer', { environment: JSON.stringify({ TRIGGER_SRC: 'timer' }) }],
    ['a timer, as older runtimes say it', { environ: 'TRIGGER_SRC=timer;TCB_ENV=a' }],
    ['a server', { environment: JSON.stringify({ TRIGGER_SRC: 'tcb', TCB_SOURCE: 'scf' }) }],
    ['variables that are there but empty', { environ: 'WX_OPENID=;TCB_UUID=' }],
    ['plain SCF', { request_id: 'r1', environ: '', environment: '' }],
    ['a context without variables', { request_id: 'r1' }],
    [
      'a server elsewhere',
      { environ: 'TRIGGER_SRC=tcb;TCB_SOURCE=,not_scf;TCB_SOURCE_IP=10.0.0.1' },
    ],
  ])('lets %s pass', (_, context) => {
    expect(judge(context)).toBe('passed');
  });

  test.each([
    ['a mini-program', { environment: JSON.stringify({ WX_OPENID: 'o1' }) }],
    ['one that is passed on', { environment: JSON.stringify({ TCB_SOURCE: 'wx_client,scf' }) }],
    ['a web client', { environ: 'TRIGGER_SRC=tcb;TCB_UUID=u1' }],
    ['an anonymous one', { environ: 'TCB_ISANONYMOUS_USER=true' }],
    ['one in either way', { environment: '{"TCB_ENV":"a"}', environ: 'LOGINTYPE=WECHAT' }],
    ['one that says it is a timer', { environ: 'TRIGGER_SRC=timer;WX_OPENID=o1' }],
    ['a caller that cannot be read', { environment: '{"WX_OPENID":' }],
    ['no context at all', undefined],
    ['a source that nobody knows', { environ: 'TCB_SOURCE=wx_unknown' }],
    ['a crawler, passed on', { environ: 'TCB_SOURCE=wx_crawler,scf' }],
    ['one of a shared environment', { environ: 'TCB_SOURCE=scf;WX_FROM_OPENID=o1' }],
    ['one of another account', { environment: JSON.stringify({ FROM_APPID: 'wx1' }) }],
    ['one by QQ', { environ: 'QQ_OPENID=o1' }],
    ['variables in an object', { environment: { WX_OPENID: 'o1' } }],
    ['variables in a list', { environ: ['WX_OPENID=o1'] }],
    ['a source that is a list', { environment: JSON.stringify({ TCB_SOURCE: ['wx_client'] }) }],
    ['a caller that is a list', { environment: '["WX_OPENID"]' }],
  ])('refuses %s', (_, context) => {
    expect(judge(context)).toBe('forbidden');
  });

  test('a source that an operator has named passes, and an unknown one is told which setting', () => {
    const context = { environ: 'TCB_SOURCE=cloud_run,scf' };
    const refuse = (admitted: readonly string[]) => () => refuseClients(context, () => admitted);

    expect(refuse(['cloud_run'])).not.toThrow();
    expect(refuse(['other'])).toThrow(/cloud_run.*INVOKE_SOURCES/);
  });

  test.each([
    ['a client', { environ: 'TCB_SOURCE=wx_client,cloud_run' }],
    ['a person', { environ: 'TCB_SOURCE=cloud_run;WX_OPENID=o1' }],
  ])('no setting admits %s, nor is it asked', (_, context) => {
    const asked = () => {
      throw new Error('asked');
    };

    expect(() => refuseClients(context, asked)).toThrow('Clients of the environment');
  });

  test('does not look into the process, where another call may have left its variables', () => {
    process.env.WX_OPENID = 'o1';
    try {
      expect(judge({ environ: 'TRIGGER_SRC=timer' })).toBe('passed');
    } finally {
      delete process.env.WX_OPENID;
    }
  });
});
