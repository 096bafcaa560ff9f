import { useEffect, useRef, useState } from 'preact/hooks';
import type { Erased } from '../../../../app/erase.ts';
import type { Profile } from '../../../../followers/profile.ts';
import type { Tag } from '../../../../wechat/catalogue/tag.ts';
import { call } from '../../api.ts';
import { dateTime, day, number } from '../../format.ts';
import { Act } from '../../parts/act.tsx';
import { Field } from '../../parts/field.tsx';
import { Loader, useLoaded } from '../../parts/load.tsx';
import { tell } from '../../toast.tsx';
import { t } from '../../words.ts';
import { Consents } from './consents.tsx';
import { cameBy, importedOf, nameOf } from './row-text.ts';
import { Tagging } from './tagging.tsx';
import { w } from './words.ts';

/** All that the database has of one follower, and what can be done about them. */
export function ProfileView({
  openid,
  tags,
  onBack,
}: {
  readonly openid: string;
  readonly tags: readonly Tag[];
  readonly onBack: () => void;
}) {
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus(), [openid]);
  const loaded = useLoaded(() => call<Profile>('followers', 'profile', { openid }), [openid]);
  return (
    <>
      <button ref={back} type="button" class="tool" onClick={onBack}>
        ← {w('back')}
      </button>
      <Loader loaded={loaded}>
        {(profile) => (
          <>
            <h3>{nameOf(profile)}</h3>
            <Facts profile={profile} />
            <Remark key={profile.remark} profile={profile} reload={loaded.reload} />
            <section>
              <h3>{w('tags')}</h3>
              <p>
                {(profile.tags ?? []).map((id) => (
                  <span key={id} class="tag">
                    {tags.find((tag) => tag.id === id)?.name ?? `#${id}`}
                  </span>
                ))}
              </p>
              <Tagging openids={[openid]} tags={tags} onChanged={loaded.reload} />
            </section>
            <Consents profile={profile} reload={loaded.reload} />
            <Ends profile={profile} reload={loaded.reload} onErased={onBack} />
          </>
        )}
      </Loader>
    </>
  );
}

function Facts({ profile }: { readonly profile: Profile }) {
  const { openid, unionid, since, seen, massMessages } = profile;
  const came = cameBy(profile);
  const facts: readonly (readonly [string, string])[] = [
    ['openid', openid],
    ...(unionid === undefined ? [] : [['unionid', unionid] as const]),
    [w('since'), day(since)],
    [w('seen'), dateTime(seen)],
    ...(came === '' ? [] : [[w('scene'), came] as const]),
    [w('massMessages'), number(massMessages)],
    ...importedOf(profile),
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface PartProps {
  readonly profile: Profile;
  readonly reload: () => Promise<void>;
}

function Remark({ profile: { openid, remark = '' }, reload }: PartProps) {
  const [text, setText] = useState(remark);
  const isTooLong = new TextEncoder().encode(text).length > 29;
  const save = async () => {
    await call('followers', 'setRemark', { openid, remark: text.trim() });
    tell(w('remarkSaved'));
    await reload();
  };
  return (
    <div class="form">
      <Field
        label={w('remark')}
        hint={w('remarkHint')}
        error={isTooLong ? w('remarkHint') : undefined}
      >
        <input value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </Field>
      <Act needs="edit" disabled={isTooLong || text === remark} onAct={save}>
        {t('save')}
      </Act>
    </div>
  );
}

/** What takes somebody out: the blacklist, and erasing. */
function Ends({
  profile: { openid, blockedAt },
  reload,
  onErased,
}: PartProps & { readonly onErased: () => void }) {
  const openids = [openid];
  const isBlocked = blockedAt !== undefined;
  const block = async () => {
    if (isBlocked) await call('followers', 'unblock', { openids });
    else await call('followers', 'block', { openids });
    tell(w('done'));
    await reload();
  };
  const erase = async () => {
    const { erased } = await call<{ readonly erased: Erased }>('followers', 'erase', { openid });
    const { running, jobs, messages, sessions } = erased;
    const told = w('erased', { jobs, messages, sessions });
    tell(running > 0 ? `${told}\n${w('erasedRunning', { running })}` : told);
    onErased();
  };
  return (
    <div class="form">
      <Act needs="manage" {...(isBlocked ? {} : { question: w('blockQuestion') })} onAct={block}>
        {w(isBlocked ? 'unblock' : 'block')}
      </Act>
      <Act needs="manage" question={w('eraseQuestion')} onAct={erase}>
        {w('erase')}
      </Act>
    </div>
  );
}
