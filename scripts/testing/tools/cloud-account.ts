/** The keys of the account that only the emulated cloud of unit tests knows. */
export const testAccount = {
  appid: '1251234567',
  uin: '100000000001',
  secretId: 'AKIDtestcloud00000000001',
  secretKey: 'testcloudsecretkey000001',
};
