import { useState } from 'preact/hooks';
import type { AuditEntry } from '../../../app/audit.ts';
import type { AuditVerdict } from '../../../app/audit-reader.ts';
import { call } from '../api.ts';
import { dateTime } from '../format.ts';
import { remembered } from '../look/choices.ts';
import { Act } from '../parts/act.tsx';
import { Empty } from '../parts/empty.tsx';
import { Field } from '../parts/field.tsx';
import { Loader, useLoaded } from '../parts/load.tsx';
import { t, wordsOf } from '../words.ts';

const w = wordsOf({
  about: [
    '谁在什么时候改动了什么。条目首尾相连，任何修改、插入或删除都能被校验发现。',
    'Who changed what, and when. The entries are a chain: whatever is changed, put in or taken out is found by the check.',
  ],
  verify: ['校验完整性', 'Check the chain'],
  whole: [
    '完整：{entries} 条记录，没有改动的痕迹。',
    'Whole: {entries} entries, and nothing was changed.',
  ],
  broken: ['不完整！请立即查明原因：', 'Not whole! Find out at once why:'],
  search: ['按操作人、操作或对象筛选', 'Filter by operator, action or subject'],
  number: ['编号', 'No.'],
  at: ['时间', 'When'],
  actor: ['操作人', 'Who'],
  action: ['操作', 'What'],
  subject: ['对象', 'To what'],
  outcome: ['结果', 'Outcome'],
  ok: ['成功', 'ok'],
  operator: ['开发者（命令行）', 'developer (by invocation)'],
  client: ['代理客户端 {name}', 'client {name} of the proxy'],
  deployer: ['部署者 {name}', 'deployer {name}'],
  none: ['还没有记录', 'Nothing yet'],
  noneAbout: [
    '菜单、群发、人员等改动会自动记在这里。',
    'Changes of menus, broadcasts, operators and the like are written down here.',
  ],
  noMatch: ['没有匹配的记录', 'No entry matches'],
} as const);

/** As the page gets it: the date is a text. */
type Entry = Omit<AuditEntry, '_id' | 'previous' | 'at'> & { readonly at: string };

const PAGE = 50;
const MOST = 1_000;

/** The end of the chain at the last check here: the next one sees if it was cut off. */
const lastChecked = remembered<string>('console.audit', [], '');

/** Who did what, and whether the trail is whole. */
export default function Audit() {
  const [limit, setLimit] = useState(PAGE);
  const [search, setSearch] = useState('');
  const [verdict, setVerdict] = useState<AuditVerdict>();
  const loaded = useLoaded(async () => {
    const { entries } = await call<{ readonly entries: readonly Entry[] }>('worker', 'auditList', {
      limit,
    });
    return entries;
  }, [limit]);
  const verify = async () => {
    const known = lastChecked.value === '' ? undefined : JSON.parse(lastChecked.value);
    const found = await call<AuditVerdict>('worker', 'auditVerify', known);
    setVerdict(found);
    if (found.isWhole && found.last) lastChecked.value = JSON.stringify(found.last);
  };
  return (
    <>
      <p class="muted">{w('about')}</p>
      <div class="form">
        <Field label={w('search')}>
          <input
            type="search"
            value={search}
            onInput={(event) => setSearch(event.currentTarget.value)}
          />
        </Field>
        <Act onAct={verify}>{w('verify')}</Act>
        <Act onAct={loaded.reload}>{t('refresh')}</Act>
      </div>
      {verdict && <Verdict verdict={verdict} />}
      <Loader loaded={loaded}>
        {(entries) =>
          entries.length === 0 ? (
            <Empty title={w('none')}>
              <p>{w('noneAbout')}</p>
            </Empty>
          ) : (
            <>
              <Entries entries={entries.filter((entry) => isMatch(entry, search))} />
              {entries.length === limit && limit < MOST && (
                <button
                  type="button"
                  class="tool"
                  onClick={() => setLimit(Math.min(MOST, limit * 2))}
                >
                  {t('more')}
                </button>
              )}
            </>
          )
        }
      </Loader>
    </>
  );
}

function isMatch({ actor, action, subject = '' }: Entry, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  return [actor, nameOf(actor), action, subject].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}

function Verdict({ verdict }: { readonly verdict: AuditVerdict }) {
  const { isWhole, entries, problems } = verdict;
  if (isWhole) {
    return (
      <p class="good" role="status">
        {w('whole', { entries })}
      </p>
    );
  }
  return (
    <div class="alarm" role="alert">
      {w('broken')}
      <ul>
        {problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
    </div>
  );
}

function Entries({ entries }: { readonly entries: readonly Entry[] }) {
  if (entries.length === 0) return <p class="empty">{w('noMatch')}</p>;
  return (
    <table class="table">
      <thead>
        <tr>
          <th scope="col">{w('number')}</th>
          <th scope="col">{w('at')}</th>
          <th scope="col">{w('actor')}</th>
          <th scope="col">{w('action')}</th>
          <th scope="col">{w('subject')}</th>
          <th scope="col">{w('outcome')}</th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ number, at, actor, action, subject, outcome }) => (
          <tr key={number}>
            <td data-label={w('number')}>{number}</td>
            <td data-label={w('at')}>{dateTime(at)}</td>
            <th scope="row" data-label={w('actor')}>
              {nameOf(actor)}
            </th>
            <td data-label={w('action')}>
              <code>{action}</code>
            </td>
            {/* After the id of a client or operator comes a digest, which is for the check. */}
            <td data-label={w('subject')}>
              {subject?.replace(/ [\w-]{16}(?: \d{1,9})?$/, '') ?? '—'}
            </td>
            <td data-label={w('outcome')} class={outcome === 'ok' ? '' : 'reason'}>
              {outcome === 'ok' ? w('ok') : outcome}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `operator 小李` is 小李; without a name it was an invocation. */
function nameOf(actor: string): string {
  const [, kind = '', name = ''] = /^(\w+)(?: (.*))?$/.exec(actor) ?? [];
  if (kind === 'operator') return name === '' ? w('operator') : name;
  return kind === 'client' || kind === 'deployer' ? w(kind, { name }) : actor;
}
