/** Whether the folder holds a bot that takes fuwuhao as a package, and not a checkout of fuwuhao. */
export function isBotFolder(folder: string): boolean;
