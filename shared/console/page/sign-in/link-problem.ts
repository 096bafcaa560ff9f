import { CallError } from '../api.ts';
import { messageOf } from '../toast.tsx';
import { s } from './words.ts';

/** Why a link did not lead in. */
export function linkProblem(error: unknown): string {
  const isOver = error instanceof CallError && error.code === 'not_found';
  return isOver ? s('linkOver') : messageOf(error);
}
