import path from 'node:path';

/** `peer`: a package that people use. `floor`: code of ours that shows what the task itself costs. */
export type Kind = 'ours' | 'peer' | 'floor';

export interface Contestant {
  readonly name: string;
  readonly kind: Kind;
  /** Absolute path of the file that `create` is in; of ours only once it is built. */
  readonly file: string;
  /** What its process finds in its environment, beside what all of them do. */
  readonly env?: Readonly<Record<string, string>>;
}

const OURS = 'fuwuhao';
const peers = ['co-wechat', 'nest-wechat', 'node-easywechat', 'tnwx', 'wechat'];
const floors = ['wecom-crypto', 'fast-xml-parser', 'floor', 'strict'];

/** Everyone who answers messages: ours first, then the peers, then the floors. */
export function contestants(builtFile: string, only?: readonly string[]): readonly Contestant[] {
  const file = (name: string) => path.join(import.meta.dirname, `${name}.cjs`);
  const all: readonly Contestant[] = [
    { name: OURS, kind: 'ours', file: builtFile },
    ...peers.map((name) => ({ name, kind: 'peer' as const, file: file(name) })),
    ...floors.map((name) => ({ name, kind: 'floor' as const, file: file(name) })),
  ];
  return all.filter(({ name, kind }) => kind === 'ours' || !only || only.includes(name));
}
