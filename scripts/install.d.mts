/** @returns an error message if npm failed, else undefined. */
export function installOnce(folder: string, what: string): string | undefined;
