import { useState } from 'preact/hooks';
import type { Segment } from '../../../../followers/segments.ts';
import type { CountedTag } from '../../../../followers/tags.ts';
import type { Plan } from '../../../../mass-send/plan.ts';
import { call } from '../../api.ts';
import { number } from '../../format.ts';
import { Field } from '../../parts/field.tsx';
import { Loader, useLoaded } from '../../parts/load.tsx';
import { CountedLoader, Counts } from './counts.tsx';
import { audienceKinds, audienceOf, openidsIn } from './edited-broadcast.ts';
import { FilterFields } from './filter-form.tsx';
import { useSettled } from './settled.ts';
import type { StepProps } from './step.ts';
import { w } from './words.ts';

const kindWord = {
  all: 'toAll',
  tag: 'toTag',
  segment: 'toSegment',
  filter: 'toFilter',
  file: 'toFile',
} as const;

/** Whom the broadcast is for, and how many these are. */
export function AudienceStep({ edited, set }: StepProps) {
  return (
    <>
      <fieldset class="chips" aria-label={w('audience')}>
        {audienceKinds.map((kind) => (
          <button
            key={kind}
            type="button"
            class="chip"
            aria-pressed={kind === edited.audience}
            onClick={() => set({ audience: kind })}
          >
            {w(kindWord[kind])}
          </button>
        ))}
      </fieldset>
      <Choice edited={edited} set={set} />
      <LiveCount audience={audienceOf(edited)} />
    </>
  );
}

function Choice({ edited, set }: StepProps) {
  const { audience } = edited;
  if (audience === 'segment') return <SegmentChoice edited={edited} set={set} />;
  if (audience === 'file') return <FileChoice edited={edited} set={set} />;
  return audience === 'all' ? null : <TagsAndFilter edited={edited} set={set} />;
}

function TagsAndFilter({ edited, set }: StepProps) {
  const loaded = useLoaded(() =>
    call<{ readonly tags: readonly CountedTag[] }>('followers', 'listTags'),
  );
  const { audience, tagId, filter } = edited;
  return (
    <Loader loaded={loaded}>
      {({ tags }) => {
        if (audience === 'filter') {
          return (
            <FilterFields filter={filter} tags={tags} onChange={(to) => set({ filter: to })} />
          );
        }
        if (tags.length === 0) return <p class="muted">{w('noTags')}</p>;
        return (
          <div class="form">
            <Field label={w('toTag')}>
              <select
                value={tagId ?? ''}
                onChange={({ currentTarget: { value } }) =>
                  set({ tagId: value === '' ? null : Number(value) })
                }
              >
                <option value="">{w('choose')}</option>
                {tags.map(({ id, name, count }) => (
                  <option key={id} value={id}>
                    {w('tagCount', { name, count: number(count) })}
                  </option>
                ))}
              </select>
            </Field>
          </div>
        );
      }}
    </Loader>
  );
}

function SegmentChoice({ edited, set }: StepProps) {
  const loaded = useLoaded(() =>
    call<{ readonly segments: readonly Segment[] }>('followers', 'listSegments'),
  );
  return (
    <Loader loaded={loaded}>
      {({ segments }) =>
        segments.length === 0 ? (
          <p class="muted">{w('noSegments')}</p>
        ) : (
          <div class="form">
            <Field label={w('toSegment')}>
              <select
                value={edited.segment?.name ?? ''}
                onChange={({ currentTarget: { value } }) => {
                  const found = segments.find(({ name }) => name === value);
                  set({ segment: found ? { name: found.name, filter: found.filter } : null });
                }}
              >
                <option value="">{w('choose')}</option>
                {segments.map(({ name }) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            </Field>
          </div>
        )
      }
    </Loader>
  );
}

const MAX_OPENIDS = 10_000;

function FileChoice({ edited, set }: StepProps) {
  const [problem, setProblem] = useState<string>();
  const read = async (file: File | undefined) => {
    if (!file) return;
    const { name } = file;
    const openids = openidsIn(await file.text());
    const count = number(openids.length);
    const isGood = openids.length > 0 && openids.length <= MAX_OPENIDS;
    setProblem(
      isGood ? undefined : w(openids.length ? 'fileTooMany' : 'fileEmpty', { name, count }),
    );
    set({ file: isGood ? { name, openids } : null });
  };
  const { file } = edited;
  const kept = file && w('fileHas', { name: file.name, count: number(file.openids.length) });
  return (
    <div class="form">
      <Field label={w('file')} hint={kept ?? w('fileHint')} error={problem}>
        <input
          type="file"
          accept=".txt,.csv,text/plain,text/csv"
          onChange={(event) => void read(event.currentTarget.files?.[0])}
        />
      </Field>
    </div>
  );
}

/** Counted anew whenever the audience has been another one for half a second. */
function LiveCount({ audience }: { readonly audience: object | undefined }) {
  const settled = useSettled(audience && JSON.stringify(audience));
  const loaded = useLoaded(
    async () =>
      settled === undefined
        ? undefined
        : {
            of: settled,
            plan: await call<Plan>('mass-send', 'count', {
              audience: JSON.parse(settled) as object,
            }),
          },
    [settled],
  );
  return (
    <section class="live" aria-live="polite">
      {settled === undefined ? (
        <p class="muted">{w('toldOnly')}</p>
      ) : (
        <CountedLoader loaded={loaded}>
          {/* An answer that was overtaken is not of this audience. */}
          {(counted) =>
            counted?.of === settled && (
              <>
                <Counts plan={counted.plan} />
                <small class="muted">{w('counted')}</small>
              </>
            )
          }
        </CountedLoader>
      )}
    </section>
  );
}
