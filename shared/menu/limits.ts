/**
 * WeChat's limits for a menu. The page of the console imports them too, so this file imports nothing.
 *
 * @see https://developers.weixin.qq.com/doc/service/api/custommenu/api_createcustommenu.html
 */
export const menuLimits = {
  buttons: 3,
  subButtons: 5,
  nameBytes: 16,
  subNameBytes: 60,
  /** So many Chinese characters of a name are shown, then "…". */
  shownName: 4,
  shownSubName: 8,
  keyBytes: 128,
  urlBytes: 1024,
  mediaIdBytes: 128,
  /** In all conditional menus of the account together. */
  conditionalDomains: 3,
} as const;
