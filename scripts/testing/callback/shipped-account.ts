/** The author's account, as a build puts it in, for what stands beside a package.json of its own. */
export { account } from '#account';
