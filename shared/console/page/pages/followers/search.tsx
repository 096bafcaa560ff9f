import { useState } from 'preact/hooks';
import type { Counted } from '../../../../followers/count.ts';
import type { FollowerRow, Found } from '../../../../followers/search.ts';
import type { Tag } from '../../../../wechat/catalogue/tag.ts';
import { CallError, call } from '../../api.ts';
import { number } from '../../format.ts';
import { Act } from '../../parts/act.tsx';
import { confirmed } from '../../parts/confirm.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Field } from '../../parts/field.tsx';
import { Loader, useLoaded } from '../../parts/load.tsx';
import { tell } from '../../toast.tsx';
import { emptyFilter, type FilterDraft, filterOf, type Searched } from './filter-draft.ts';
import { FilterForm } from './filter-form.tsx';
import { Results } from './results.tsx';
import { w } from './words.ts';

interface Shown {
  readonly asked: Searched;
  readonly rows: readonly FollowerRow[];
  readonly looked: number;
  readonly next?: string | undefined;
}

/** Finds followers by words and by a filter, which can be counted and saved as a segment. */
export function Search({
  searched,
  onSearched,
  tags,
  onOpen,
}: {
  readonly searched: Searched;
  readonly onSearched: (searched: Searched) => void;
  readonly tags: readonly Tag[];
  readonly onOpen: (openid: string) => void;
}) {
  // What is shown is what was asked for last, whatever is being typed meanwhile.
  const [asked, setAsked] = useState(searched);
  const [more, setMore] = useState<Shown>();
  const loaded = useLoaded(async () => {
    setMore(undefined);
    return shownOf(asked, await ask(asked));
  }, [asked]);
  const { text, filter } = searched;
  const set = (changes: Partial<FilterDraft>) => {
    onSearched({ text, filter: { ...filter, ...changes } });
  };
  const goOn = async (shown: Shown) => {
    const page = shownOf(asked, await ask(asked, shown.next));
    setMore({
      asked,
      rows: [...shown.rows, ...page.rows],
      looked: shown.looked + page.looked,
      next: page.next,
    });
  };
  return (
    <>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked({ ...searched });
        }}
      >
        <Field label={w('text')} hint={w('textHint')}>
          <input
            type="search"
            class="wide"
            value={text}
            maxLength={100}
            autocomplete="off"
            onInput={(event) => onSearched({ text: event.currentTarget.value, filter })}
          />
        </Field>
        <button type="submit" class="tool strong">
          {w('find')}
        </button>
      </form>
      <details open={filterOf(filter) !== undefined}>
        <summary>{w('filter')}</summary>
        <FilterForm draft={filter} tags={tags} onChange={set} />
        <FilterActs filter={filter} onClear={() => set(emptyFilter)} />
      </details>
      <Loader loaded={loaded}>
        {(first) => (
          <Answer
            shown={more?.asked === asked ? more : first}
            {...{ tags, onOpen, goOn, reload: loaded.reload }}
          />
        )}
      </Loader>
    </>
  );
}

function Answer({
  shown,
  tags,
  onOpen,
  goOn,
  reload,
}: {
  readonly shown: Shown;
  readonly tags: readonly Tag[];
  readonly onOpen: (openid: string) => void;
  readonly goOn: (shown: Shown) => Promise<void>;
  readonly reload: () => Promise<void>;
}) {
  const { rows, looked, next } = shown;
  return (
    <>
      {rows.length > 0 && <Results rows={rows} tags={tags} onOpen={onOpen} onChanged={reload} />}
      {rows.length === 0 && next === undefined && (
        <Empty title={w('none')}>
          <p>{w('noneAbout')}</p>
        </Empty>
      )}
      <div class="form">
        <span class="muted" role="status">
          {w('looked', { looked: number(looked), found: number(rows.length) })}
        </span>
        {next !== undefined && <Act onAct={() => goOn(shown)}>{w('goOn')}</Act>}
      </div>
    </>
  );
}

/** What can be done with a filter: counted, kept under a name, emptied. */
function FilterActs({
  filter,
  onClear,
}: {
  readonly filter: FilterDraft;
  readonly onClear: () => void;
}) {
  const [name, setName] = useState('');
  const [counted, setCounted] = useState<Counted>();
  const written = filterOf(filter);
  const count = async () => {
    const payload = written === undefined ? {} : { filter: written };
    setCounted(await call<Counted>('followers', 'count', payload));
  };
  return (
    <>
      <div class="form">
        <Act onAct={count}>{w('count')}</Act>
        <Act disabled={written === undefined} onAct={async () => onClear()}>
          {w('clear')}
        </Act>
        <Field label={w('segmentName')}>
          <input
            value={name}
            maxLength={40}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <Act
          needs="edit"
          disabled={written === undefined || name.trim() === ''}
          onAct={() => saveSegment(name.trim(), written)}
        >
          {w('saveSegment')}
        </Act>
      </div>
      {counted && (
        <p class="good" role="status">
          {w('counted', { chosen: number(counted.chosen), followers: number(counted.followers) })}
        </p>
      )}
    </>
  );
}

async function saveSegment(name: string, filter: unknown): Promise<void> {
  try {
    await call('followers', 'saveSegment', { name, filter });
  } catch (error) {
    const isTaken = error instanceof CallError && error.code === 'conflict';
    if (!isTaken || !(await confirmed(w('replaceQuestion', { name })))) throw error;
    await call('followers', 'saveSegment', { name, filter, replace: true });
  }
  tell(w('savedSegment'));
}

function ask({ text, filter }: Searched, after?: string): Promise<Found> {
  const written = filterOf(filter);
  return call<Found>('followers', 'search', {
    ...(text.trim() === '' ? {} : { text: text.trim() }),
    ...(written === undefined ? {} : { filter: written }),
    ...(after === undefined ? {} : { after }),
  });
}

function shownOf(asked: Searched, { found, looked, next }: Found): Shown {
  return { asked, rows: found, looked, next };
}
