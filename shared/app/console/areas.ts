import { consoleActions, type SelfApp, selfActions } from '../actions/console.ts';
import { followerReaderActions } from '../actions/follower-reader.ts';
import { followersActions } from '../actions/followers.ts';
import { massSendActions } from '../actions/mass-send.ts';
import { materialActions } from '../actions/material.ts';
import { menuActions } from '../actions/menu.ts';
import { type OverviewApp, overviewActions } from '../actions/overview.ts';
import { type OwnProposalsApp, type ProposalsApp, proposalActions } from '../actions/proposals.ts';
import { proxyClientActions } from '../actions/proxy-client.ts';
import { type AuditApp, auditActions, type JobsApp, jobActions } from '../actions/worker.ts';
import type { FollowersApp } from '../followers.ts';
import type { MassSendApp } from '../mass-send.ts';
import type { MaterialApp } from '../material.ts';
import type { MenuApp } from '../menu.ts';
import type { ProxyClientApp } from '../proxy-client.ts';
import { area, type ConsoleArea } from './area.ts';

/** The apps behind the areas; each is put together when it is first asked for something. */
export interface ConsoleApps {
  readonly self: () => SelfApp;
  readonly menu: () => MenuApp;
  readonly material: () => MaterialApp;
  readonly followers: () => FollowersApp;
  readonly massSend: () => MassSendApp;
  readonly proposals: () => ProposalsApp;
  readonly proxyClient: () => ProxyClientApp;
  readonly worker: () => JobsApp & AuditApp;
  readonly overview: () => OverviewApp;
}

const ofFollowers = { ...followersActions, ...followerReaderActions };
const ofWorker = { ...jobActions, ...auditActions };

const of = <SomeApp>(open: (apps: ConsoleApps) => SomeApp) => open;

/**
 * All that the page may ask for: the actions of the functions, by the names of these, and the role that each
 * needs. An action that is not named here cannot be reached from the page.
 */
export const areas = {
  self: area(
    selfActions,
    of(({ self }) => self()),
    {
      reads: { whoAmI: 'look', sessions: 'look' },
      acts: { revoke: 'look', signOut: 'look', invite: 'look' },
    },
  ),
  console: area(
    consoleActions,
    of(({ self }) => self()),
    {
      reads: { operators: 'manage', sessions: 'manage' },
      acts: { invite: 'manage', change: 'manage', revoke: 'manage' },
    },
  ),
  overview: area(
    overviewActions,
    of(({ overview }) => overview()),
    { reads: { status: 'look', days: 'look' }, acts: {} },
  ),
  worker: area<ConsoleApps, JobsApp & AuditApp, typeof ofWorker>(
    ofWorker,
    of(({ worker }) => worker()),
    {
      reads: { list: 'look', auditList: 'manage', auditVerify: 'manage' },
      acts: { retry: 'send', drop: 'send' },
    },
  ),
  'proxy-client': area(
    proxyClientActions,
    of(({ proxyClient }) => proxyClient()),
    {
      reads: { list: 'look', usage: 'look' },
      acts: { add: 'manage', change: 'manage', rotate: 'manage', disable: 'manage' },
    },
  ),
  menu: area(
    menuActions,
    of(({ menu }) => menu()),
    {
      reads: {
        get: 'look',
        current: 'look',
        diff: 'look',
        tryMatch: 'look',
        listVersions: 'look',
        getVersion: 'look',
        getAutoReplies: 'look',
        tryAutoReplies: 'look',
        importAutoReplies: 'look',
      },
      acts: {
        create: 'edit',
        delete: 'edit',
        addConditional: 'edit',
        changeConditional: 'edit',
        restore: 'edit',
        deleteConditional: 'edit',
        setAutoReplies: 'edit',
      },
    },
  ),
  material: area(
    materialActions,
    of(({ material }) => material()),
    {
      reads: {
        count: 'look',
        list: 'look',
        get: 'look',
        getMedia: 'look',
        showPicture: 'look',
        countDrafts: 'look',
        listDrafts: 'look',
        getDraft: 'look',
        publishStatus: 'look',
        getPublished: 'look',
        listPublished: 'look',
      },
      acts: {
        uploadMedia: 'edit',
        uploadImage: 'edit',
        add: 'edit',
        delete: 'edit',
        localizePictures: 'edit',
        addDraft: 'edit',
        updateDraft: 'edit',
        deleteDraft: 'edit',
        publish: 'send',
        deletePublished: 'send',
      },
    },
  ),
  followers: area(
    ofFollowers,
    of(({ followers }) => followers()),
    {
      reads: {
        status: 'look',
        count: 'look',
        listTags: 'look',
        countBlocked: 'look',
        search: 'look',
        profile: 'look',
        listSegments: 'look',
        countSegments: 'look',
        listQrcodes: 'look',
        qrcodeStats: 'look',
        qrcodeDays: 'look',
        listTemplates: 'look',
        listSubscribeTemplates: 'look',
      },
      acts: {
        sync: 'edit',
        import: 'edit',
        createTag: 'edit',
        renameTag: 'edit',
        deleteTag: 'edit',
        tag: 'edit',
        untag: 'edit',
        saveSegment: 'edit',
        deleteSegment: 'edit',
        setRemark: 'edit',
        noteConsent: 'edit',
        createQrcode: 'edit',
        sendTemplate: 'send',
        sendSubscribe: 'send',
        block: 'manage',
        unblock: 'manage',
        erase: 'manage',
      },
    },
  ),
  'mass-send': area(
    massSendActions,
    of(({ massSend }) => massSend()),
    {
      reads: { count: 'look', status: 'look', list: 'look', quota: 'look', getSpeed: 'look' },
      // A submission would need no second operator: `broadcasts` has the way to one.
      acts: {
        preview: 'send',
        prepareVideo: 'edit',
        cancel: 'send',
        delete: 'send',
        setSpeed: 'manage',
      },
    },
  ),
  broadcasts: area(
    proposalActions,
    of(({ proposals, self }): OwnProposalsApp => {
      const { self: signedIn, operators } = self();
      return { ...proposals(), operators, operator: signedIn.operator._id };
    }),
    {
      reads: { plan: 'look', list: 'look', get: 'look', planOf: 'look', articlesOf: 'look' },
      acts: { propose: 'send', release: 'send', decline: 'send' },
    },
  ),
} as const satisfies Readonly<Record<string, ConsoleArea<ConsoleApps>>>;
