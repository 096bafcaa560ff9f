import { lookup } from 'node:dns/promises';
import { database } from '#database';
import type { App } from '../kernel/app.ts';
import { isPublicAddress } from '../material/address.ts';
import { createDrafts, type Drafts } from '../material/drafts.ts';
import { createFileLoader } from '../material/file-source.ts';
import { createMaterials, type Materials } from '../material/materials.ts';
import { createMedia, type Media } from '../material/media.ts';
import { createMaterialNames } from '../material/names.ts';
import { createPublishing, type Publishing } from '../material/publishing.ts';
import { createReturnFile } from '../material/return-file.ts';
import { createShowPicture, type ShowPicture } from '../material/show-picture.ts';
import { createUploads } from '../material/uploads.ts';
import { createWebFetch } from '../material/web-file.ts';
import { apiSettings } from './parts/api-settings.ts';
import { weChatApi } from './parts/wechat.ts';
import { type Started, start, systemWorld, type World } from './parts/world.ts';

export interface MaterialApp extends App {
  readonly media: Media;
  readonly materials: Materials;
  readonly drafts: Drafts;
  readonly publishing: Publishing;
  readonly showPicture: ShowPicture;
}

const materialSettings = [...apiSettings, 'invokeSources'] as const;

/** @throws AppError `invalid` with all that is wrong in the configuration. */
export function materialApp(
  world: World = systemWorld,
  started: Started<(typeof materialSettings)[number]> = start('material', world, materialSettings),
  /** Of a file in an answer; what is larger is put into the storage. */
  maxInlineBytes?: number,
): MaterialApp {
  const { clock, log, config, store, audit, finish } = started;
  const api = weChatApi(world, config, log);
  const files = database.files(world, config);
  const resolve = (host: string) => lookup(host, { all: true });
  const fetchWebFile = createWebFetch({ resolve, isPublic: isPublicAddress, clock });
  const prepare = createUploads(createFileLoader({ fetchWebFile, files }));
  const returnFile = createReturnFile(files, maxInlineBytes);
  return {
    clock,
    log,
    audit,
    finish,
    invokeSources: config.invokeSources,
    media: createMedia({ api, prepare, returnFile }),
    materials: createMaterials({
      api,
      names: createMaterialNames({ store, log }),
      prepare,
      returnFile,
    }),
    drafts: createDrafts(api),
    publishing: createPublishing(api),
    showPicture: createShowPicture({
      fetchWebFile,
      // Who runs the functions has named this host, wherever it is.
      fetchFromApi: createWebFetch({ resolve, isPublic: () => true, clock }),
      apiBaseUrl: config.apiBaseUrl,
    }),
  };
}
