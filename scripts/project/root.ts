import path from 'node:path';
import { isBotFolder } from '../bot-folder.mjs';

/** Where these commands are: a checkout of fuwuhao, or the package in the folder of a bot alone. */
export const toolsRoot = path.resolve(import.meta.dirname, '../..');

/**
 * The folder that the commands are for, with the files of its author: `serverless.yml`, `.env`, what is
 * built and what is kept. The folder of a bot alone if the command is run there, else this checkout.
 */
export const ownRoot = isBotFolder(process.cwd()) ? process.cwd() : toolsRoot;

/** Where the functions of the project in `root` have their sources: a bot alone has none of its own. */
export function sourcesOf(root: string): string {
  return isBotFolder(root) ? toolsRoot : root;
}

/** The account of a bot alone, from its folder. */
export const BOT_ACCOUNT = 'src/account.ts';

/** The author's own account, as it is named in messages: from the root of the project. */
export function accountName(root: string): string {
  return isBotFolder(root) ? BOT_ACCOUNT : 'functions/callback/account.ts';
}

/** The author's own account in the project of `root`. */
export function ownAccount(root: string): string {
  return path.join(root, accountName(root));
}
