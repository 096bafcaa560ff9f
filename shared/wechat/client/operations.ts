import type { Catalogue } from '../catalogue/index.ts';
import type { Call } from './operation.ts';

/**
 * What `ctx.api` can call, with WeChat's page of each. `npm run docs` writes this file from the rows of
 * the catalogue and the comments above them.
 */
export interface Operations {
  readonly token: {
    /**
     * Each call issues a new token; the one before lives for about five more minutes.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/base/api_getaccesstoken.html
     */
    readonly get: Call<Catalogue['token']['get']>;
    /**
     * Hands out the same token until five minutes before its end.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken.html
     */
    readonly getStable: Call<Catalogue['token']['getStable']>;
  };
  readonly ticket: {
    /**
     * A ticket by which pages use the JS-SDK, or cards.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/webdev/jssdk/api_getticket.html
     */
    readonly get: Call<Catalogue['ticket']['get']>;
  };
  readonly network: {
    /**
     * Where pushes come from.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/base/api_getcallbackip.html
     */
    readonly listCallbackIps: Call<Catalogue['network']['listCallbackIps']>;
    /**
     * Where api.weixin.qq.com is.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/base/api_getapidomainip.html
     */
    readonly listApiIps: Call<Catalogue['network']['listApiIps']>;
    /**
     * WeChat tries to reach our callback and tells how that went.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/base/api_callbackcheck.html
     */
    readonly checkCallback: Call<Catalogue['network']['checkCallback']>;
  };
  readonly openapi: {
    /**
     * Sets the day's counters of all endpoints to zero.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/apimanage/api_clearquota.html
     */
    readonly clearQuota: Call<Catalogue['openapi']['clearQuota']>;
    /**
     * The same where no token can be had.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/apimanage/api_clearquotabyappsecret.html
     */
    readonly clearQuotaBySecret: Call<Catalogue['openapi']['clearQuotaBySecret']>;
    /**
     * Sets the day's counter of one endpoint to zero.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/apimanage/api_clearapiquota.html
     */
    readonly clearApiQuota: Call<Catalogue['openapi']['clearApiQuota']>;
    /**
     * The allowance of one endpoint, and what is left of it today.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/apimanage/api_getapiquota.html
     */
    readonly getQuota: Call<Catalogue['openapi']['getQuota']>;
    /**
     * What one failed call was, by the id at the end of its errmsg.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/apimanage/api_getridinfo.html
     */
    readonly getRid: Call<Catalogue['openapi']['getRid']>;
  };
  readonly menu: {
    /**
     * Replaces the default menu.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/custommenu/api_createcustommenu.html
     */
    readonly create: Call<Catalogue['menu']['create']>;
    /**
     * Only menus made by the API; `menu.getCurrent` also knows the console's.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/custommenu/api_getmenu.html
     */
    readonly get: Call<Catalogue['menu']['get']>;
    /**
     * Deletes the default menu and all conditional ones.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/custommenu/api_deletemenu.html
     */
    readonly delete: Call<Catalogue['menu']['delete']>;
    /**
     * The menu as followers see it, also one that was made in the console.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/custommenu/api_getcurrentselfmenuinfo.html
     */
    readonly getCurrent: Call<Catalogue['menu']['getCurrent']>;
    /**
     * Adds a menu for the followers that a rule matches.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/custommenu/api_addconditionalmenu.html
     */
    readonly addConditional: Call<Catalogue['menu']['addConditional']>;
    /**
     * Deletes one conditional menu.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/custommenu/api_deleteconditionalmenu.html
     */
    readonly deleteConditional: Call<Catalogue['menu']['deleteConditional']>;
    /**
     * Which menu a follower sees.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/custommenu/api_trymatchmenu.html
     */
    readonly tryMatch: Call<Catalogue['menu']['tryMatch']>;
  };
  readonly autoReply: {
    /**
     * The rules set in the console; they are off while a callback is configured.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/notify/autoreplies/api_getcurrentautoreplyinfo.html
     */
    readonly get: Call<Catalogue['autoReply']['get']>;
  };
  readonly customerService: {
    /**
     * Writes to a follower who has done something in the last 48 hours.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage.html
     */
    readonly send: Call<Catalogue['customerService']['send']>;
    /**
     * Shows a follower that somebody is typing, or no longer.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/customer/message/api_typing.html
     */
    readonly setTyping: Call<Catalogue['customerService']['setTyping']>;
    /**
     * All agents of the account.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_getkflist.html
     */
    readonly listAgents: Call<Catalogue['customerService']['listAgents']>;
    /**
     * The agents who are there now, and how many followers each is serving.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_getonlinekflist.html
     */
    readonly listOnlineAgents: Call<Catalogue['customerService']['listOnlineAgents']>;
    /**
     * Adds an agent; `inviteAgent` then binds a person.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_addkfaccount.html
     */
    readonly addAgent: Call<Catalogue['customerService']['addAgent']>;
    /**
     * Changes the name of an agent.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_updatekfaccount.html
     */
    readonly updateAgent: Call<Catalogue['customerService']['updateAgent']>;
    /**
     * Deletes an agent.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_delkfaccount.html
     */
    readonly deleteAgent: Call<Catalogue['customerService']['deleteAgent']>;
    /**
     * Asks a person, by WeChat id, to become the agent.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_invitekfworker.html
     */
    readonly inviteAgent: Call<Catalogue['customerService']['inviteAgent']>;
    /**
     * The picture of an agent.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/customer/servicermanage/api_uploadkfheadimg.html
     */
    readonly uploadAgentAvatar: Call<Catalogue['customerService']['uploadAgentAvatar']>;
    /**
     * Gives a follower to an agent who is there.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/customer/messctrl/api_createkfsession.html
     */
    readonly createSession: Call<Catalogue['customerService']['createSession']>;
    /**
     * Ends the session of a follower with an agent.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/customer/messctrl/api_closesession.html
     */
    readonly closeSession: Call<Catalogue['customerService']['closeSession']>;
    /**
     * Which agent is serving a follower.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/customer/messctrl/api_getkfsession.html
     */
    readonly getSession: Call<Catalogue['customerService']['getSession']>;
    /**
     * The followers whom an agent is serving.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/customer/messctrl/api_getkfsessionlist.html
     */
    readonly listSessions: Call<Catalogue['customerService']['listSessions']>;
    /**
     * The followers who wait for an agent.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/customer/messctrl/api_getwaitcase.html
     */
    readonly listWaiting: Call<Catalogue['customerService']['listWaiting']>;
    /**
     * What agents and followers wrote to each other, by pages.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/customer/message/api_getmsglist.html
     */
    readonly listRecords: Call<Catalogue['customerService']['listRecords']>;
  };
  readonly massSend: {
    /**
     * To everyone, or to a tag.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/notify/message/api_sendall.html
     */
    readonly sendAll: Call<Catalogue['massSend']['sendAll']>;
    /**
     * To a list of openids.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/notify/message/api_masssend.html
     */
    readonly send: Call<Catalogue['massSend']['send']>;
    /**
     * To one follower, to look at it before.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/notify/message/api_preview.html
     */
    readonly preview: Call<Catalogue['massSend']['preview']>;
    /**
     * Takes a mass message back from all who have not opened it yet.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/notify/message/api_deletemassmsg.html
     */
    readonly delete: Call<Catalogue['massSend']['delete']>;
    /**
     * How far a mass message is.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/notify/message/api_massmsgget.html
     */
    readonly getStatus: Call<Catalogue['massSend']['getStatus']>;
    /**
     * How fast mass messages go out.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/notify/message/api_getspeed.html
     */
    readonly getSpeed: Call<Catalogue['massSend']['getSpeed']>;
    /**
     * Sets how fast mass messages go out: 0 fastest, 4 slowest.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/notify/message/api_setspeed.html
     */
    readonly setSpeed: Call<Catalogue['massSend']['setSpeed']>;
    /**
     * What a mass-send needs in place of a plain video's media id.
     *
     * @see https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Batch_Sends_and_Originality_Checks.html
     */
    readonly uploadVideo: Call<Catalogue['massSend']['uploadVideo']>;
  };
  readonly card: {
    /**
     * A card or coupon (卡券) of the account: what it says, and whether it has passed its check.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/
     */
    readonly get: Call<Catalogue['card']['get']>;
  };
  readonly template: {
    /**
     * A notice made from a template, to a follower.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/notify/template/api_sendtemplatemessage.html
     */
    readonly send: Call<Catalogue['template']['send']>;
    /**
     * To a follower or not, once, after consent on the page of `template.authorizeOnce`.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/notify/subscribe/api_templatesubscribe.html
     */
    readonly sendOnce: Call<Catalogue['template']['sendOnce']>;
    /**
     * Which two industries the account belongs to; once a month.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/notify/template/api_setindustry.html
     */
    readonly setIndustry: Call<Catalogue['template']['setIndustry']>;
    /**
     * Which two industries the account belongs to.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/notify/template/api_getindustry.html
     */
    readonly getIndustry: Call<Catalogue['template']['getIndustry']>;
    /**
     * Takes a template of the library into the account.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/notify/template/api_addtemplate.html
     */
    readonly add: Call<Catalogue['template']['add']>;
    /**
     * The templates of the account.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/notify/template/api_getalltemplates.html
     */
    readonly list: Call<Catalogue['template']['list']>;
    /**
     * Removes a template from the account.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/notify/template/api_deletetemplate.html
     */
    readonly delete: Call<Catalogue['template']['delete']>;
    /**
     * Template messages that WeChat has held back.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/notify/template/api_queryblocktmplmsg.html
     */
    readonly listBlocked: Call<Catalogue['template']['listBlocked']>;
  };
  readonly subscribe: {
    /**
     * What became of it is told by the event `subscribe_msg_sent_event`.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/notify/notify/api_sendnewsubscribemsg.html
     */
    readonly send: Call<Catalogue['subscribe']['send']>;
    /**
     * Takes a public template, with the keywords that are wanted, into the account.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/notify/notify/api_addwxanewtemplate.html
     */
    readonly addTemplate: Call<Catalogue['subscribe']['addTemplate']>;
    /**
     * Removes a template from the account.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/notify/notify/api_delwxanewtemplate.html
     */
    readonly deleteTemplate: Call<Catalogue['subscribe']['deleteTemplate']>;
    /**
     * The templates of the account.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/notify/notify/api_getwxapubnewtemplate.html
     */
    readonly listTemplates: Call<Catalogue['subscribe']['listTemplates']>;
    /**
     * The categories of the account.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/notify/notify/api_getcategory.html
     */
    readonly listCategories: Call<Catalogue['subscribe']['listCategories']>;
    /**
     * The public templates of categories.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/notify/notify/api_getpubnewtemplatetitles.html
     */
    readonly listPublicTemplates: Call<Catalogue['subscribe']['listPublicTemplates']>;
    /**
     * The keywords of a public template.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/notify/notify/api_getpubnewtemplatekeywords.html
     */
    readonly listPublicKeywords: Call<Catalogue['subscribe']['listPublicKeywords']>;
  };
  readonly media: {
    /**
     * A file for three days.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/material/temporary/api_uploadtempmedia.html
     */
    readonly upload: Call<Catalogue['media']['upload']>;
    /**
     * A video comes as an address, anything else as the file.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/material/temporary/api_getmedia.html
     */
    readonly get: Call<Catalogue['media']['get']>;
    /**
     * The clearer (speex, 16 kHz) form of a voice recorded by the JS-SDK.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/material/temporary/api_gethdvoice.html
     */
    readonly getVoice: Call<Catalogue['media']['getVoice']>;
    /**
     * A picture for use inside an article; not counted as material.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/material/permanent/api_uploadimage.html
     */
    readonly uploadImage: Call<Catalogue['media']['uploadImage']>;
  };
  readonly material: {
    /**
     * A file that stays until it is deleted.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/material/permanent/api_addmaterial.html
     */
    readonly add: Call<Catalogue['material']['add']>;
    /**
     * Articles and videos come as JSON, anything else as the file.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/material/permanent/api_getmaterial.html
     */
    readonly get: Call<Catalogue['material']['get']>;
    /**
     * Deletes a file, from whatever uses it too.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/material/permanent/api_delmaterial.html
     */
    readonly delete: Call<Catalogue['material']['delete']>;
    /**
     * How many files of each type the account has.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/material/permanent/api_getmaterialcount.html
     */
    readonly count: Call<Catalogue['material']['count']>;
    /**
     * The files of one type, by pages.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/material/permanent/api_batchgetmaterial.html
     */
    readonly list: Call<Catalogue['material']['list']>;
  };
  readonly draft: {
    /**
     * A draft with one to eight articles.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_add.html
     */
    readonly add: Call<Catalogue['draft']['add']>;
    /**
     * The articles of a draft.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_getdraft.html
     */
    readonly get: Call<Catalogue['draft']['get']>;
    /**
     * Replaces one article of the draft.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_update.html
     */
    readonly update: Call<Catalogue['draft']['update']>;
    /**
     * Deletes a draft, for good.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_delete.html
     */
    readonly delete: Call<Catalogue['draft']['delete']>;
    /**
     * How many drafts the account has.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_count.html
     */
    readonly count: Call<Catalogue['draft']['count']>;
    /**
     * The drafts, by pages.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_batchget.html
     */
    readonly list: Call<Catalogue['draft']['list']>;
  };
  readonly publish: {
    /**
     * Followers are not notified; how it ends is told by `publish.getStatus` and an event.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/public/api_freepublish_submit.html
     */
    readonly submit: Call<Catalogue['publish']['submit']>;
    /**
     * How far the publishing of a draft is.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/public/api_freepublish_get.html
     */
    readonly getStatus: Call<Catalogue['publish']['getStatus']>;
    /**
     * Deletes what was published, for good.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/public/api_freepublishdelete.html
     */
    readonly delete: Call<Catalogue['publish']['delete']>;
    /**
     * The articles of what was published.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/public/api_freepublishgetarticle.html
     */
    readonly getArticle: Call<Catalogue['publish']['getArticle']>;
    /**
     * What was published, by pages.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/public/api_freepublish_batchget.html
     */
    readonly list: Call<Catalogue['publish']['list']>;
  };
  readonly comment: {
    /**
     * Lets followers comment on an article.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/leaving/api_openarticlecomment.html
     */
    readonly open: Call<Catalogue['comment']['open']>;
    /**
     * Lets nobody comment on an article any more.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/leaving/api_closecomment.html
     */
    readonly close: Call<Catalogue['comment']['close']>;
    /**
     * The comments on an article, by pages.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/leaving/api_listcomment.html
     */
    readonly list: Call<Catalogue['comment']['list']>;
    /**
     * Shows a comment to all readers.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/leaving/api_electcomment.html
     */
    readonly feature: Call<Catalogue['comment']['feature']>;
    /**
     * Shows a comment to its author alone again.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/leaving/api_unelectcomment.html
     */
    readonly unfeature: Call<Catalogue['comment']['unfeature']>;
    /**
     * Deletes a comment.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/leaving/api_delcomment.html
     */
    readonly delete: Call<Catalogue['comment']['delete']>;
    /**
     * Answers a comment.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/leaving/api_replycomment.html
     */
    readonly reply: Call<Catalogue['comment']['reply']>;
    /**
     * Deletes the answer to a comment.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/leaving/api_delreplycomment.html
     */
    readonly deleteReply: Call<Catalogue['comment']['deleteReply']>;
  };
  readonly user: {
    /**
     * The openids of all followers, 10 000 a page.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/usermanage/userinfo/api_getfans.html
     */
    readonly list: Call<Catalogue['user']['list']>;
    /**
     * What WeChat tells of a follower.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/usermanage/userinfo/api_userinfo.html
     */
    readonly get: Call<Catalogue['user']['get']>;
    /**
     * The same of up to 100 followers.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/usermanage/userinfo/api_batchuserinfo.html
     */
    readonly getMany: Call<Catalogue['user']['getMany']>;
    /**
     * The account's own name for a follower.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/usermanage/userinfo/api_updateremark.html
     */
    readonly setRemark: Call<Catalogue['user']['setRemark']>;
    /**
     * The openids that followers got when the account was moved; for 15 days after the move.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/usermanage/changeopenid/api_changeopenid.html
     */
    readonly changeOpenids: Call<Catalogue['user']['changeOpenids']>;
  };
  readonly tag: {
    /**
     * A tag; an account has up to 100.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/usermanage/tag/api_createtag.html
     */
    readonly create: Call<Catalogue['tag']['create']>;
    /**
     * The tags of the account, with how many followers each has.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/usermanage/tag/api_gettags.html
     */
    readonly list: Call<Catalogue['tag']['list']>;
    /**
     * Gives a tag another name.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/usermanage/tag/api_updatetag.html
     */
    readonly update: Call<Catalogue['tag']['update']>;
    /**
     * Deletes a tag, and takes it from all followers.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/usermanage/tag/api_deletetag.html
     */
    readonly delete: Call<Catalogue['tag']['delete']>;
    /**
     * The followers with a tag, by pages.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/usermanage/tag/api_gettagfans.html
     */
    readonly listFollowers: Call<Catalogue['tag']['listFollowers']>;
    /**
     * Gives a tag to up to 50 followers.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/usermanage/tag/api_batchtagging.html
     */
    readonly addFollowers: Call<Catalogue['tag']['addFollowers']>;
    /**
     * Takes a tag from up to 50 followers.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/usermanage/tag/api_batchuntagging.html
     */
    readonly removeFollowers: Call<Catalogue['tag']['removeFollowers']>;
    /**
     * The tags of a follower.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/usermanage/tag/api_gettagidlist.html
     */
    readonly listOfFollower: Call<Catalogue['tag']['listOfFollower']>;
  };
  readonly blacklist: {
    /**
     * The blocked followers, 1000 a page.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/usermanage/userinfo/api_getblacklist.html
     */
    readonly list: Call<Catalogue['blacklist']['list']>;
    /**
     * Blocks up to 20 followers.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/usermanage/userinfo/api_batchblacklist.html
     */
    readonly add: Call<Catalogue['blacklist']['add']>;
    /**
     * Unblocks up to 20 followers.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/usermanage/userinfo/api_batchunblacklist.html
     */
    readonly remove: Call<Catalogue['blacklist']['remove']>;
  };
  readonly qrcode: {
    /**
     * A QR code that carries a scene to the account, temporary or for good.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/qrcode/qrcodes/api_createqrcode.html
     */
    readonly create: Call<Catalogue['qrcode']['create']>;
    /**
     * The picture; an unknown ticket is HTTP 404.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/qrcode/qrcodes/api_createqrcode.html
     */
    readonly show: Call<Catalogue['qrcode']['show']>;
  };
  readonly shortKey: {
    /**
     * A short key for up to 4 KB of text, such as a long link.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/qrcode/shorten/api_genshortkey.html
     */
    readonly create: Call<Catalogue['shortKey']['create']>;
    /**
     * What a short key stands for.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/qrcode/shorten/api_fetchshorten.html
     */
    readonly get: Call<Catalogue['shortKey']['get']>;
  };
  readonly oauth: {
    /**
     * The visitor's openid and token, by the code that their browser brought.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/webdev/access/api_snsaccesstoken.html
     */
    readonly getAccessToken: Call<Catalogue['oauth']['getAccessToken']>;
    /**
     * A new token for a visitor.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/webdev/access/api_snsrefreshtoken.html
     */
    readonly refreshAccessToken: Call<Catalogue['oauth']['refreshAccessToken']>;
    /**
     * Name and picture of a visitor who has agreed to that.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/webdev/access/api_snsuserinfo.html
     */
    readonly getUserInfo: Call<Catalogue['oauth']['getUserInfo']>;
    /**
     * Whether the token of a visitor is still good.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/webdev/access/api_snsauth.html
     */
    readonly checkAccessToken: Call<Catalogue['oauth']['checkAccessToken']>;
  };
  readonly dataCube: {
    /**
     * New and lost followers of each day, by where they came from.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/wedata/user/api_getusersummary.html
     */
    readonly getUserSummary: Call<Catalogue['dataCube']['getUserSummary']>;
    /**
     * How many followers there were on each day.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/wedata/user/api_getusercumulate.html
     */
    readonly getUserCumulate: Call<Catalogue['dataCube']['getUserCumulate']>;
    /**
     * How often articles were read.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/wedata/news/api_getarticleread.html
     */
    readonly getArticleRead: Call<Catalogue['dataCube']['getArticleRead']>;
    /**
     * How often articles were shared.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/wedata/news/api_getarticleshare.html
     */
    readonly getArticleShare: Call<Catalogue['dataCube']['getArticleShare']>;
    /**
     * All figures of an article since it went out.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/wedata/news/api_getarticletotaldetail.html
     */
    readonly getArticleTotalDetail: Call<Catalogue['dataCube']['getArticleTotalDetail']>;
    /**
     * The figures of all articles together.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/wedata/news/api_getbizsummary.html
     */
    readonly getBizSummary: Call<Catalogue['dataCube']['getBizSummary']>;
    /**
     * Messages of followers to the account, by day.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/wedata/mess/api_getupstreammsg.html
     */
    readonly getUpstreamMsg: Call<Catalogue['dataCube']['getUpstreamMsg']>;
    /**
     * The same by hour.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/wedata/mess/api_getupstreammsghour.html
     */
    readonly getUpstreamMsgHour: Call<Catalogue['dataCube']['getUpstreamMsgHour']>;
    /**
     * The same by week.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/wedata/mess/api_getupstreammsgweek.html
     */
    readonly getUpstreamMsgWeek: Call<Catalogue['dataCube']['getUpstreamMsgWeek']>;
    /**
     * The same by month.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/wedata/mess/api_getupstreammsgmonth.html
     */
    readonly getUpstreamMsgMonth: Call<Catalogue['dataCube']['getUpstreamMsgMonth']>;
    /**
     * How many followers wrote how much, by day.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/wedata/mess/api_getupstreammsgdist.html
     */
    readonly getUpstreamMsgDist: Call<Catalogue['dataCube']['getUpstreamMsgDist']>;
    /**
     * The same by week.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/wedata/mess/api_getupstreammsgdistweek.html
     */
    readonly getUpstreamMsgDistWeek: Call<Catalogue['dataCube']['getUpstreamMsgDistWeek']>;
    /**
     * The same by month.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/wedata/mess/api_getupstreammsgdistmonth.html
     */
    readonly getUpstreamMsgDistMonth: Call<Catalogue['dataCube']['getUpstreamMsgDistMonth']>;
    /**
     * How often WeChat called the callback, how often that failed and how long it took, by day.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/wedata/api/api_getinterfacesummary.html
     */
    readonly getInterfaceSummary: Call<Catalogue['dataCube']['getInterfaceSummary']>;
    /**
     * The same by hour.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/wedata/api/api_getinterfacesummaryhour.html
     */
    readonly getInterfaceSummaryHour: Call<Catalogue['dataCube']['getInterfaceSummaryHour']>;
    /**
     * Figures of all cards and coupons.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/
     */
    readonly getCardSummary: Call<Catalogue['dataCube']['getCardSummary']>;
    /**
     * Figures of free coupons.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/
     */
    readonly getFreeCardSummary: Call<Catalogue['dataCube']['getFreeCardSummary']>;
    /**
     * Figures of member cards.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/
     */
    readonly getMemberCardSummary: Call<Catalogue['dataCube']['getMemberCardSummary']>;
    /**
     * Figures of one member card.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/
     */
    readonly getMemberCardDetail: Call<Catalogue['dataCube']['getMemberCardDetail']>;
  };
  readonly publisher: {
    /**
     * Income from advertisements.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/
     */
    readonly getStat: Call<Catalogue['publisher']['getStat']>;
  };
  readonly qrcodeJump: {
    /**
     * Adds or changes a rule; nobody but testers sees it before `publish`.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/qrcode/qrcodejump/api_qrcodejumpadd.html
     */
    readonly add: Call<Catalogue['qrcodeJump']['add']>;
    /**
     * The rules by which plain QR codes open a mini program.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/qrcode/qrcodejump/api_qrcodejumpget.html
     */
    readonly list: Call<Catalogue['qrcodeJump']['list']>;
    /**
     * Lets everybody see a rule.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/qrcode/qrcodejump/api_qrcodejumppublish.html
     */
    readonly publish: Call<Catalogue['qrcodeJump']['publish']>;
    /**
     * Deletes a rule.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/qrcode/qrcodejump/api_qrcodejumpdelete.html
     */
    readonly delete: Call<Catalogue['qrcodeJump']['delete']>;
  };
  readonly product: {
    /**
     * The card of a product in the account's WeChat shop (微信小店).
     *
     * @see https://developers.weixin.qq.com/doc/service/api/draftbox/shop/api_ecsgetproductcardinfo.html
     */
    readonly getCard: Call<Catalogue['product']['getCard']>;
  };
  readonly speech: {
    /**
     * Gives a voice to WeChat, which writes down what is said.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/openpoc/ai/api_addvoicetorecofortext.html
     */
    readonly add: Call<Catalogue['speech']['add']>;
    /**
     * What was said; to be asked within ten seconds after `add`.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/openpoc/ai/api_queryrecoresultfortext.html
     */
    readonly getText: Call<Catalogue['speech']['getText']>;
    /**
     * Translates between Chinese and English.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/openpoc/ai/api_translatecontent.html
     */
    readonly translate: Call<Catalogue['speech']['translate']>;
  };
  readonly ocr: {
    /**
     * Reads an identity card.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/openpoc/ocr/api_idcardocr.html
     */
    readonly readIdCard: Call<Catalogue['ocr']['readIdCard']>;
    /**
     * Reads a bank card.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/openpoc/ocr/api_bankcardocr.html
     */
    readonly readBankCard: Call<Catalogue['ocr']['readBankCard']>;
    /**
     * Reads the licence of a vehicle (行驶证).
     *
     * @see https://developers.weixin.qq.com/doc/service/api/openpoc/ocr/api_drivingocr.html
     */
    readonly readVehicleLicence: Call<Catalogue['ocr']['readVehicleLicence']>;
    /**
     * Reads the licence of a driver (驾驶证).
     *
     * @see https://developers.weixin.qq.com/doc/service/api/openpoc/ocr/api_drivinglicenseocr.html
     */
    readonly readDriverLicence: Call<Catalogue['ocr']['readDriverLicence']>;
    /**
     * Reads the licence of a business.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/openpoc/ocr/api_bizlicenseocr.html
     */
    readonly readBusinessLicence: Call<Catalogue['ocr']['readBusinessLicence']>;
    /**
     * Reads any printed text.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/openpoc/ocr/api_commocr.html
     */
    readonly readText: Call<Catalogue['ocr']['readText']>;
    /**
     * Reads the menu of a restaurant.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/openpoc/ocr/api_menuocr.html
     */
    readonly readDishMenu: Call<Catalogue['ocr']['readDishMenu']>;
  };
  readonly picture: {
    /**
     * Where to cut a picture; `ratios` are at most five, with commas between, such as `1,2.35`.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/openpoc/image/api_imgaicrop.html
     */
    readonly crop: Call<Catalogue['picture']['crop']>;
    /**
     * Reads the codes in a picture.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/openpoc/image/api_imgqrcode.html
     */
    readonly readCodes: Call<Catalogue['picture']['readCodes']>;
  };
  readonly invoice: {
    /**
     * A template of invoices.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/invoice/platform/api_invoiceplatformcreatecard.html
     */
    readonly createTemplate: Call<Catalogue['invoice']['createTemplate']>;
    /**
     * The file of an invoice, good for three days unless an invoice uses it.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/invoice/FiscalReceipt/api_invoiceplatformsetpdf.html
     */
    readonly uploadPdf: Call<Catalogue['invoice']['uploadPdf']>;
    /**
     * The address of such a file, good for two hours.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/invoice/FiscalReceipt/api_invoiceplatformgetpdf.html
     */
    readonly getPdf: Call<Catalogue['invoice']['getPdf']>;
    /**
     * Says that an invoice was paid back, or is void.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/invoice/FiscalReceipt/api_invoicekpupdatainvoicestatus.html
     */
    readonly setStatus: Call<Catalogue['invoice']['setStatus']>;
    /**
     * Reads or sets, by `action`.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/invoice/auth/api_invoicebizsetattr.html
     */
    readonly settings: Call<Catalogue['invoice']['settings']>;
    /**
     * `s_pappid`, the name of this account as a platform, is in the address.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/invoice/FiscalReceipt/api_setinvoiceurl.html
     */
    readonly getPlatformUrl: Call<Catalogue['invoice']['getPlatformUrl']>;
    /**
     * The page on which a follower asks for an invoice.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/invoice/auth/api_invoicebizgetauthurl.html
     */
    readonly getPageUrl: Call<Catalogue['invoice']['getPageUrl']>;
    /**
     * Whether a follower has asked for the invoice of an order.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/invoice/FiscalReceipt/api_invoicebizgetauthdata.html
     */
    readonly getAuthorization: Call<Catalogue['invoice']['getAuthorization']>;
    /**
     * Refuses an invoice, for good: another invoice needs another order.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/invoice/FiscalReceipt/api_invoicebizrejectinsert.html
     */
    readonly refuse: Call<Catalogue['invoice']['refuse']>;
    /**
     * Puts an invoice into the cards of the follower who asked for it.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/invoice/platform/api_insertinvoice.html
     */
    readonly insert: Call<Catalogue['invoice']['insert']>;
    /**
     * An invoice that a follower hands in.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/invoice/reimbursement/api_invoicebxgetinvoice.html
     */
    readonly get: Call<Catalogue['invoice']['get']>;
    /**
     * Several of them.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/invoice/reimbursement/api_invoicereimbursegetinvoicebatch.html
     */
    readonly getMany: Call<Catalogue['invoice']['getMany']>;
    /**
     * Locks, unlocks or closes an invoice.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/invoice/reimbursement/api_invoicebxupdatainvoicestatus.html
     */
    readonly setReimburseStatus: Call<Catalogue['invoice']['setReimburseStatus']>;
    /**
     * The same with several: all of them or none.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/invoice/reimbursement/api_invoicereimburseupdatestatusbatch.html
     */
    readonly setReimburseStatuses: Call<Catalogue['invoice']['setReimburseStatuses']>;
    /**
     * A page on which a follower keeps a title.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/invoice/name/api_invoicebizgetusertitleurl.html
     */
    readonly getTitleUrl: Call<Catalogue['invoice']['getTitleUrl']>;
    /**
     * A page on which a follower chooses a title for this merchant, as a QR code.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/invoice/name/api_invoicebizgetselecttitleurl.html
     */
    readonly getTitleChoiceUrl: Call<Catalogue['invoice']['getTitleChoiceUrl']>;
    /**
     * The title in a follower's QR code.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/invoice/name/api_invoicescantitle.html
     */
    readonly readTitle: Call<Catalogue['invoice']['readTitle']>;
  };
  readonly itemCode: {
    /**
     * Asks for codes.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/onecode/api_intp_marketcode_applycode.html
     */
    readonly apply: Call<Catalogue['itemCode']['apply']>;
    /**
     * How far that is.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/onecode/api_intp_marketcode_applycodequery.html
     */
    readonly getApplication: Call<Catalogue['itemCode']['getApplication']>;
    /**
     * The codes; `buffer` is base64 of an encrypted file.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/
     */
    readonly download: Call<Catalogue['itemCode']['download']>;
    /**
     * Gives codes to a product.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/
     */
    readonly activate: Call<Catalogue['itemCode']['activate']>;
    /**
     * What a code belongs to.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/
     */
    readonly get: Call<Catalogue['itemCode']['get']>;
    /**
     * Which code a follower scanned, by the ticket that the mini-program was opened with.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/
     */
    readonly getByTicket: Call<Catalogue['itemCode']['getByTicket']>;
  };
  readonly miniProgramStore: {
    /**
     * The categories that a store may have.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/stores/miniapp/api_getwxastorecatelist.html
     */
    readonly listCategories: Call<Catalogue['miniProgramStore']['listCategories']>;
    /**
     * Applies for the mini program of the stores.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/stores/miniapp/api_applywxastore.html
     */
    readonly apply: Call<Catalogue['miniProgramStore']['apply']>;
    /**
     * How far the application is.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/stores/miniapp/api_getwxastoreauditinfo.html
     */
    readonly getAudit: Call<Catalogue['miniProgramStore']['getAudit']>;
    /**
     * Changes it; an empty text leaves a field as it is.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/stores/miniapp/api_modifywxastore.html
     */
    readonly update: Call<Catalogue['miniProgramStore']['update']>;
    /**
     * Provinces, cities and districts, in three lists.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/stores/miniapp/api_getdistrictlist.html
     */
    readonly listDistricts: Call<Catalogue['miniProgramStore']['listDistricts']>;
    /**
     * Places of Tencent's map.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/stores/miniapp/api_poilistsearch.html
     */
    readonly searchMap: Call<Catalogue['miniProgramStore']['searchMap']>;
    /**
     * A new place in Tencent's map.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/stores/miniapp/api_createnewpoid.html
     */
    readonly createMapPlace: Call<Catalogue['miniProgramStore']['createMapPlace']>;
    /**
     * Adds a store.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/stores/miniapp/api_addentityshop.html
     */
    readonly add: Call<Catalogue['miniProgramStore']['add']>;
    /**
     * Changes a store.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/stores/miniapp/api_newupdatepoi.html
     */
    readonly change: Call<Catalogue['miniProgramStore']['change']>;
    /**
     * A store.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/stores/miniapp/api_newgetpoi.html
     */
    readonly get: Call<Catalogue['miniProgramStore']['get']>;
    /**
     * The stores, by pages.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/stores/miniapp/api_newgetpoilist.html
     */
    readonly list: Call<Catalogue['miniProgramStore']['list']>;
    /**
     * Deletes a store.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/stores/miniapp/api_newdelpoi.html
     */
    readonly delete: Call<Catalogue['miniProgramStore']['delete']>;
  };
  readonly nonTax: {
    /**
     * What is to be paid.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/nontaxpay/api_nontaxqueryfee.html
     */
    readonly getFee: Call<Catalogue['nonTax']['getFee']>;
    /**
     * An order, to be paid by the visitor.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/nontaxpay/api_nontaxunifiedorder.html
     */
    readonly order: Call<Catalogue['nonTax']['order']>;
    /**
     * Takes a payment by the code on a visitor's phone.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/nontaxpay/api_nontaxmicropay.html
     */
    readonly payByCode: Call<Catalogue['nonTax']['payByCode']>;
    /**
     * An order.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/nontaxpay/api_nontaxgetorder.html
     */
    readonly getOrder: Call<Catalogue['nonTax']['getOrder']>;
    /**
     * The orders of a notice.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/nontaxpay/api_nontaxgetorderlist.html
     */
    readonly listOrders: Call<Catalogue['nonTax']['listOrders']>;
    /**
     * Pays an order back.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/nontaxpay/api_nontaxrefund.html
     */
    readonly refund: Call<Catalogue['nonTax']['refund']>;
    /**
     * The orders of a day: one line for each, with commas between.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/nontaxpay/api_nontaxdownloadbill.html
     */
    readonly downloadStatement: Call<Catalogue['nonTax']['downloadStatement']>;
    /**
     * Says that an order is not as it is known here.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/nontaxpay/api_nontaxnotifyinconsistentorder.html
     */
    readonly reportMismatch: Call<Catalogue['nonTax']['reportMismatch']>;
    /**
     * Has WeChat send a notification of a payment, to try it.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/nontaxpay/api_nontaxmocknotification.html
     */
    readonly testNotification: Call<Catalogue['nonTax']['testNotification']>;
    /**
     * Has WeChat ask for a fee, to try it.
     *
     * @see https://developers.weixin.qq.com/doc/service/api/nontaxpay/api_nontaxmockqueryfee.html
     */
    readonly testFeeQuery: Call<Catalogue['nonTax']['testFeeQuery']>;
    /**
     * A template of electronic bills (财政电子票据).
     *
     * @see https://developers.weixin.qq.com/doc/offiaccount/WeChat_Invoice/Nontax_Bill/API_list.html
     */
    readonly createBillTemplate: Call<Catalogue['nonTax']['createBillTemplate']>;
    /**
     * The page on which a visitor takes a bill.
     *
     * @see https://developers.weixin.qq.com/doc/offiaccount/WeChat_Invoice/Nontax_Bill/API_list.html
     */
    readonly getBillPageUrl: Call<Catalogue['nonTax']['getBillPageUrl']>;
    /**
     * Puts a bill into the cards of a follower.
     *
     * @see https://developers.weixin.qq.com/doc/offiaccount/WeChat_Invoice/Nontax_Bill/API_list.html
     */
    readonly insertBill: Call<Catalogue['nonTax']['insertBill']>;
  };
  readonly medical: {
    /**
     * A message of the medical assistant (微信就医助手).
     *
     * @see https://developers.weixin.qq.com/doc/offiaccount/medicalassistant.html
     */
    readonly send: Call<Catalogue['medical']['send']>;
  };
  readonly callbackConfig: {
    /**
     * Says where WeChat Cloud pushes messages to.
     *
     * @see https://developers.weixin.qq.com/doc/oplatform/openApi/cloudbase-common/msg-push/api_setcallbackconfig.html
     */
    readonly set: Call<Catalogue['callbackConfig']['set']>;
    /**
     * Where WeChat Cloud pushes messages to.
     *
     * @see https://developers.weixin.qq.com/doc/oplatform/openApi/cloudbase-common/msg-push/api_setcallbackconfig.html
     */
    readonly get: Call<Catalogue['callbackConfig']['get']>;
  };
}
