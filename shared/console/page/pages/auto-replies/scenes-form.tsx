import { useState } from 'preact/hooks';
import { autoReplyLimits as limits } from '../../../../auto-replies/limits.ts';
import { call } from '../../api.ts';
import { Act } from '../../parts/act.tsx';
import { Field } from '../../parts/field.tsx';
import { scenesOf } from './edited-rules.ts';
import { wrongScenes } from './problems.ts';
import type { RulePartProps } from './rule-part.ts';
import { w } from './words.ts';

/** Whom a rule on follow greets: everybody, or those who came by some QR codes. */
export function ScenesForm({ rule, set }: RulePartProps) {
  const { isAnyScene, scenes, alsoScans } = rule;
  const wrong = wrongScenes(rule);
  return (
    <section class="rule-part">
      <h4>{w('who')}</h4>
      {[true, false].map((isAny) => (
        <label key={String(isAny)} class="check">
          <input
            type="radio"
            name="any-scene"
            checked={isAny === isAnyScene}
            onChange={() => set({ isAnyScene: isAny })}
          />
          {w(isAny ? 'anyScene' : 'someScenes')}
        </label>
      ))}
      {!isAnyScene && (
        <>
          <Field
            label={w('scenes')}
            hint={w('scenesHint', { used: scenesOf(rule).length, limit: limits.scenes })}
            error={wrong && w(...wrong)}
          >
            <textarea
              rows={3}
              value={scenes}
              onInput={(event) => set({ scenes: event.currentTarget.value })}
            />
          </Field>
          <CodeChoice
            onChoose={(scene) => set({ scenes: [...scenesOf(rule), scene].join('\n') })}
          />
        </>
      )}
      <label class="check">
        <input
          type="checkbox"
          checked={alsoScans}
          onChange={(event) => set({ alsoScans: event.currentTarget.checked })}
        />
        {w('alsoScans')}
      </label>
    </section>
  );
}

/** The codes that were made here, to choose a scene from. */
function CodeChoice({ onChoose }: { readonly onChoose: (scene: string) => void }) {
  const [found, setFound] = useState<readonly string[]>();
  const read = async () => {
    const { qrcodes } = await call<{ readonly qrcodes: readonly { readonly scene: string }[] }>(
      'followers',
      'listQrcodes',
    );
    setFound([...new Set(qrcodes.map(({ scene }) => scene))]);
  };
  if (!found) {
    return (
      <div class="actions">
        <Act onAct={read}>{w('chooseCode')}</Act>
      </div>
    );
  }
  if (found.length === 0) return <p class="muted small">{w('noCodes')}</p>;
  return (
    <Field label={w('chooseCode')}>
      <select
        value=""
        onChange={({ currentTarget }) => {
          onChoose(currentTarget.value);
          currentTarget.value = '';
        }}
      >
        <option value="">{w('choose')}</option>
        {found.map((scene) => (
          <option key={scene} value={scene}>
            {scene}
          </option>
        ))}
      </select>
    </Field>
  );
}
