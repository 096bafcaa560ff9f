/** The one account of the emulated cloud, and the only keys that open it. */
export interface Account {
  readonly appid: string;
  readonly uin: string;
  readonly secretId: string;
  readonly secretKey: string;
  /** Of temporary keys: must come with every call. */
  readonly sessionToken?: string;
}
