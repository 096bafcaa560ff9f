/** Runtime of new functions: the newest long-term release of Node.js that SCF and CloudBase both have. */
export const DEFAULT_RUNTIME = 'Nodejs24.11';

/**
 * The oldest Node.js that the functions are built for. A newer target would save less than 1 % of a
 * bundle, and would leave out the accounts whose functions were made on Nodejs20.19.
 */
export const OLDEST_NODE = 20;

/** Runtimes that the functions run on. The platform adds new ones, so there is no list of them. */
export const RUNTIME = /^Nodejs(?:2[0-9]|[3-9][0-9])\.[0-9]+$/;
