/** One way in which something that has states may move on. */
export interface Transition<State extends string> {
  readonly from: readonly State[];
  readonly to: State;
}

/** Every way in which it may move on, by name; there is no other. */
export type StateTable<State extends string> = Readonly<Record<string, Transition<State>>>;

export function isLegal<State extends string>({ from }: Transition<State>, state: State): boolean {
  return from.includes(state);
}
