/**
 * A line for each area: its name, and those of its operations. By them `ctx.api` is made without the rows
 * of the catalogue, which would cost each cold start two milliseconds. `npm run docs` writes this file.
 */
export const operationNames = `
token get getStable
ticket get
network listCallbackIps listApiIps checkCallback
openapi clearQuota clearQuotaBySecret clearApiQuota getQuota getRid
menu create get delete getCurrent addConditional deleteConditional tryMatch
autoReply get
customerService send setTyping listAgents listOnlineAgents addAgent updateAgent deleteAgent inviteAgent uploadAgentAvatar createSession closeSession getSession listSessions listWaiting listRecords
massSend sendAll send preview delete getStatus getSpeed setSpeed uploadVideo
card get
template send sendOnce setIndustry getIndustry add list delete listBlocked
subscribe send addTemplate deleteTemplate listTemplates listCategories listPublicTemplates listPublicKeywords
media upload get getVoice uploadImage
material add get delete count list
draft add get update delete count list
publish submit getStatus delete getArticle list
comment open close list feature unfeature delete reply deleteReply
user list get getMany setRemark changeOpenids
tag create list update delete listFollowers addFollowers removeFollowers listOfFollower
blacklist list add remove
group
qrcode create show
shortKey create get
oauth getAccessToken refreshAccessToken getUserInfo checkAccessToken
dataCube getUserSummary getUserCumulate getArticleRead getArticleShare getArticleTotalDetail getBizSummary getUpstreamMsg getUpstreamMsgHour getUpstreamMsgWeek getUpstreamMsgMonth getUpstreamMsgDist getUpstreamMsgDistWeek getUpstreamMsgDistMonth getInterfaceSummary getInterfaceSummaryHour getCardSummary getFreeCardSummary getMemberCardSummary getMemberCardDetail
publisher getStat
qrcodeJump add list publish delete
product getCard
speech add getText translate
ocr readIdCard readBankCard readVehicleLicence readDriverLicence readBusinessLicence readText readDishMenu
picture crop readCodes
invoice createTemplate uploadPdf getPdf setStatus settings getPlatformUrl getPageUrl getAuthorization refuse insert get getMany setReimburseStatus setReimburseStatuses getTitleUrl getTitleChoiceUrl readTitle
itemCode apply getApplication download activate get getByTicket
miniProgramStore listCategories apply getAudit update listDistricts searchMap createMapPlace add change get list delete
nonTax getFee order payByCode getOrder listOrders refund downloadStatement reportMismatch testNotification testFeeQuery createBillTemplate getBillPageUrl insertBill
medical send
callbackConfig set get
`;
