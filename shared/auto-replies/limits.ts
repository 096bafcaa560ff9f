/** What a document of auto-replies holds at most. The page of the console counts by the same numbers. */
export const autoReplyLimits = {
  /** In each of the lists; mp.weixin.qq.com takes as many. */
  rules: 200,
  nameCharacters: 60,
  keywords: 30,
  keywordCharacters: 60,
  /** In all rules: each is compared with every text, and takes up to the product of both lengths. */
  patterns: 100,
  scenes: 50,
  /** WeChat allows a scene 64 bytes. */
  sceneBytes: 64,
  answers: 5,
  times: 7,
  articleTitleCharacters: 64,
  articleTextCharacters: 120,
  addressBytes: 1024,
  /** All rules as JSON: each instance reads them every ten seconds. */
  bytes: 256 * 1024,
  /** Of what is tried. No follower can send as much. */
  triedCharacters: 4096,
} as const;
