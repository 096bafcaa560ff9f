/**
 * The folder of a package as code in `from` would find it: in its own node_modules, or beside it where
 * npm has put the packages of a package. Where it is nowhere, the place in which it should be.
 */
export function packageFolder(from: string, name: string): string;
