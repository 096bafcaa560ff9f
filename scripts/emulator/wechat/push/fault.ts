/** What is wrong with an answer. The follower sees WeChat's notice; the developer sees this reason. */
export class Fault extends Error {
  override readonly name = 'Fault';
}
