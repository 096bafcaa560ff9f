import { useState } from 'preact/hooks';
import type { Qrcode, QrcodeDays, QrcodeStat } from '../../../outreach/qrcodes.ts';
import { call } from '../api.ts';
import { dateTime, number } from '../format.ts';
import { QrCode } from '../look/qr-code.tsx';
import { Act } from '../parts/act.tsx';
import { Empty } from '../parts/empty.tsx';
import { Loader, useLoaded } from '../parts/load.tsx';
import { tell } from '../toast.tsx';
import { Days } from './codes/days.tsx';
import { NewCode } from './codes/new-code.tsx';
import { pngFile, save, svgFile } from './codes/picture-file.ts';
import { w } from './codes/words.ts';

const periods = [7, 30, 90] as const;

/** QR codes with scenes: made, printed, and what becomes of each: scans and new followers. */
export default function Codes() {
  const loaded = useLoaded(async () => {
    const [{ qrcodes }, { scenes }] = await Promise.all([
      call<{ readonly qrcodes: readonly Qrcode[] }>('followers', 'listQrcodes'),
      call<{ readonly scenes: readonly QrcodeStat[] }>('followers', 'qrcodeStats'),
    ]);
    return { qrcodes, scenes };
  });
  const [period, setPeriod] = useState<number>(periods[0]);
  const days = useLoaded(
    () => call<QrcodeDays>('followers', 'qrcodeDays', { days: period }),
    [period],
  );
  const create = async (code: object) => {
    await call('followers', 'createQrcode', code);
    tell(w('created'));
    await Promise.all([loaded.reload(), days.reload()]);
  };
  return (
    <>
      <p class="muted">{w('about')}</p>
      <NewCode onCreate={create} />
      <Loader loaded={loaded}>
        {({ qrcodes, scenes }) =>
          qrcodes.length === 0 ? (
            <Empty title={w('none')}>
              <p>{w('noneAbout')}</p>
            </Empty>
          ) : (
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">{w('code')}</th>
                  <th scope="col">{w('scene')}</th>
                  <th scope="col">{w('ends')}</th>
                  <th scope="col" class="number">
                    {w('followers')}
                  </th>
                  <th scope="col">{w('download')}</th>
                </tr>
              </thead>
              <tbody>
                {qrcodes.map((code) => (
                  <CodeRow
                    key={code.ticket}
                    code={code}
                    followers={scenes.find(({ scene }) => scene === code.scene)?.followers ?? 0}
                  />
                ))}
              </tbody>
            </table>
          )
        }
      </Loader>
      <section>
        <h3>{w('results')}</h3>
        <p class="muted">{w('resultsAbout')}</p>
        <fieldset class="chips" aria-label={w('period')}>
          {periods.map((each) => (
            <button
              key={each}
              type="button"
              class="chip"
              aria-pressed={each === period}
              onClick={() => setPeriod(each)}
            >
              {w('lastDays', { days: each })}
            </button>
          ))}
        </fieldset>
        <Loader loaded={days}>{(found) => <Days found={found} />}</Loader>
      </section>
    </>
  );
}

function CodeRow({ code, followers }: { readonly code: Qrcode; readonly followers: number }) {
  const { scene, note, expiresAt, url } = code;
  return (
    <tr>
      <td data-label={w('code')} class="small-code">
        <QrCode text={url} label={w('codeOf', { scene })} />
      </td>
      <th scope="row" data-label={w('scene')}>
        {scene}
        {note && <small class="muted block">{note}</small>}
      </th>
      <td data-label={w('ends')}>{expiresAt ? dateTime(expiresAt) : w('forever')}</td>
      <td data-label={w('followers')} class="number">
        {number(followers)}
      </td>
      <td data-label={w('download')} class="actions">
        <Act
          label={`SVG: ${scene}`}
          onAct={async () => save(svgFile(url), `${fileName(scene)}.svg`)}
        >
          SVG
        </Act>
        <Act
          label={`PNG: ${scene}`}
          onAct={async () => save(await pngFile(url), `${fileName(scene)}.png`)}
        >
          PNG
        </Act>
      </td>
    </tr>
  );
}

/** A scene may hold what no name of a file may. */
function fileName(scene: string): string {
  return `qrcode-${scene.replaceAll(/[^\p{L}\p{N}_-]+/gu, '_')}`;
}
