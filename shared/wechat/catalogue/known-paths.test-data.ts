/**
 * Paths of the API of a Service Account, tokens to data analytics, gathered from the source of ten
 * public SDKs and from WeChat's documents.
 */
export const knownPaths = `
  # Token, tickets, IPs, network
  /cgi-bin/callback/check
  /cgi-bin/callbacks/check
  /cgi-bin/changeopenid
  /cgi-bin/get_api_domain_ip
  /cgi-bin/getcallbackip
  /cgi-bin/stable_token
  /cgi-bin/ticket/getticket
  /cgi-bin/token

  # openApi management (quota, rid)
  /cgi-bin/clear_quota
  /cgi-bin/clear_quota/v2
  /cgi-bin/openapi/quota/clear
  /cgi-bin/openapi/quota/get
  /cgi-bin/openapi/rid/get

  # Menu and auto-reply
  /cgi-bin/get_current_autoreply_info
  /cgi-bin/get_current_selfmenu_info
  /cgi-bin/menu/addconditional
  /cgi-bin/menu/create
  /cgi-bin/menu/delconditional
  /cgi-bin/menu/delete
  /cgi-bin/menu/get
  /cgi-bin/menu/trymatch

  # Customer service
  /cgi-bin/customservice/getkflist
  /cgi-bin/customservice/getonlinekflist
  /cgi-bin/message/custom/send
  /cgi-bin/message/custom/typing
  /customservice/getkflist
  /customservice/getonlinekflist
  /customservice/kfaccount/add
  /customservice/kfaccount/del
  /customservice/kfaccount/inviteworker
  /customservice/kfaccount/update
  /customservice/kfaccount/uploadheadimg
  /customservice/kfsession/close
  /customservice/kfsession/create
  /customservice/kfsession/getsession
  /customservice/kfsession/getsessionlist
  /customservice/kfsession/getwaitcase
  /customservice/msgrecord/getmsglist
  /customservice/msgrecord/getrecord

  # Mass send
  /cgi-bin/media/uploadnews
  /cgi-bin/media/uploadvideo
  /cgi-bin/message/mass/delete
  /cgi-bin/message/mass/get
  /cgi-bin/message/mass/preview
  /cgi-bin/message/mass/send
  /cgi-bin/message/mass/sendall
  /cgi-bin/message/mass/speed/get
  /cgi-bin/message/mass/speed/set

  # Template and subscription messages
  /cgi-bin/message/subscribe/bizsend
  /cgi-bin/message/subscribe/send
  /cgi-bin/message/template/send
  /cgi-bin/message/template/subscribe
  /cgi-bin/message/wxopen/activityid/create
  /cgi-bin/message/wxopen/template/send
  /cgi-bin/message/wxopen/template/uniform_send
  /cgi-bin/message/wxopen/updatablemsg/send
  /cgi-bin/template/api_add_template
  /cgi-bin/template/api_set_industry
  /cgi-bin/template/del_private_template
  /cgi-bin/template/get_all_private_template
  /cgi-bin/template/get_industry
  /mp/subscribemsg
  /wxa/sec/queryblocktmplmsg
  /wxaapi/newtmpl/addtemplate
  /wxaapi/newtmpl/deltemplate
  /wxaapi/newtmpl/getcategory
  /wxaapi/newtmpl/getpubtemplatekeywords
  /wxaapi/newtmpl/getpubtemplatetitles
  /wxaapi/newtmpl/gettemplate

  # Media and permanent material
  /cgi-bin/material/add_material
  /cgi-bin/material/add_news
  /cgi-bin/material/batchget_material
  /cgi-bin/material/del_material
  /cgi-bin/material/get_material
  /cgi-bin/material/get_materialcount
  /cgi-bin/material/update_news
  /cgi-bin/media/get
  /cgi-bin/media/get/jssdk
  /cgi-bin/media/upload
  /cgi-bin/media/uploadimg

  # Drafts and publishing
  /cgi-bin/draft/add
  /cgi-bin/draft/batchget
  /cgi-bin/draft/count
  /cgi-bin/draft/delete
  /cgi-bin/draft/get
  /cgi-bin/draft/switch
  /cgi-bin/draft/update
  /cgi-bin/freepublish/batchget
  /cgi-bin/freepublish/delete
  /cgi-bin/freepublish/get
  /cgi-bin/freepublish/getarticle
  /cgi-bin/freepublish/submit

  # Comments
  /cgi-bin/comment/close
  /cgi-bin/comment/delete
  /cgi-bin/comment/list
  /cgi-bin/comment/markelect
  /cgi-bin/comment/open
  /cgi-bin/comment/reply/add
  /cgi-bin/comment/reply/delete
  /cgi-bin/comment/unmarkelect

  # Users, tags, blacklist, groups
  /cgi-bin/groups/create
  /cgi-bin/groups/delete
  /cgi-bin/groups/get
  /cgi-bin/groups/getid
  /cgi-bin/groups/members/batchupdate
  /cgi-bin/groups/members/update
  /cgi-bin/groups/update
  /cgi-bin/tags/create
  /cgi-bin/tags/delete
  /cgi-bin/tags/get
  /cgi-bin/tags/getidlist
  /cgi-bin/tags/members/batchblacklist
  /cgi-bin/tags/members/batchtagging
  /cgi-bin/tags/members/batchunblacklist
  /cgi-bin/tags/members/batchuntagging
  /cgi-bin/tags/members/getblacklist
  /cgi-bin/tags/update
  /cgi-bin/user/get
  /cgi-bin/user/info
  /cgi-bin/user/info/batchget
  /cgi-bin/user/info/updateremark
  /cgi-bin/user/tag/get

  # QR codes and short links
  /cgi-bin/qrcode/create
  /cgi-bin/qrcode/get
  /cgi-bin/shorten/fetch
  /cgi-bin/shorten/gen
  /cgi-bin/shorturl
  /cgi-bin/showqrcode

  # OAuth 2 web login
  /connect/oauth2/authorize
  /connect/qrconnect
  /sns/auth
  /sns/jscode2session
  /sns/oauth2/access_token
  /sns/oauth2/refresh_token
  /sns/userinfo

  # Data analytics
  /datacube/getarticleread
  /datacube/getarticleshare
  /datacube/getarticlesummary
  /datacube/getarticletotal
  /datacube/getarticletotaldetail
  /datacube/getbizsummary
  /datacube/getcardbizuininfo
  /datacube/getcardcardinfo
  /datacube/getcardmembercarddetail
  /datacube/getcardmembercardinfo
  /datacube/getinterfacesummary
  /datacube/getinterfacesummaryhour
  /datacube/getupstreammsg
  /datacube/getupstreammsgdist
  /datacube/getupstreammsgdistmonth
  /datacube/getupstreammsgdistweek
  /datacube/getupstreammsghour
  /datacube/getupstreammsgmonth
  /datacube/getupstreammsgweek
  /datacube/getusercumulate
  /datacube/getuserread
  /datacube/getuserreadhour
  /datacube/getusershare
  /datacube/getusersharehour
  /datacube/getusersummary
  /publisher/stat
`
  .split('\n')
  .map((line) => line.trim())
  .filter((line) => line !== '' && !line.startsWith('#'));

/** Paths of that list which are no rows, and why. */
export const leftOut: Readonly<Record<string, string>> = {
  '/cgi-bin/callbacks/check': 'a misspelling of callback/check in one SDK',
  '/customservice/getkflist': 'another spelling of /cgi-bin/customservice/getkflist in one SDK',
  '/customservice/getonlinekflist':
    'another spelling of /cgi-bin/customservice/getonlinekflist in one SDK',
  '/cgi-bin/message/subscribe/send': 'for mini programs; ours is bizsend',
  '/cgi-bin/message/wxopen/activityid/create': 'for mini programs',
  '/cgi-bin/message/wxopen/template/send': 'for mini programs, and retired there',
  '/cgi-bin/message/wxopen/template/uniform_send': 'for mini programs',
  '/cgi-bin/message/wxopen/updatablemsg/send': 'for mini programs',
  '/cgi-bin/qrcode/get': 'named by one SDK; WeChat documents no such path',
  '/connect/qrconnect': 'needs a website app of the open platform, not a Service Account',
  '/sns/jscode2session': 'for mini programs',
};
