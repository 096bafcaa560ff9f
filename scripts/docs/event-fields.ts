import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseSync, type TsType, type TsTypeLiteral } from '@swc/core';
import { declare } from './declarations.ts';

/** A property of a message as a handler finds it; those inside another are `outer.inner`. */
export interface MessageField {
  readonly name: string;
  /** `string`, `number`, `boolean`, `object`, or a list of one of them, such as `object[]`. */
  readonly type: string;
  readonly isOptional: boolean;
  /** The comment that stands above it. */
  readonly note: string;
}

/** The fields of messages, by message type or event name. */
export type MessageTable = Readonly<Record<string, readonly MessageField[]>>;

/**
 * The tables of messages with the types that the compiler finds for them: their readers are functions,
 * which do not tell what they read.
 */
export function readMessageTables(): {
  readonly messages: MessageTable;
  readonly events: MessageTable;
} {
  const outDir = mkdtempSync(path.join(tmpdir(), 'fuwuhao-types-'));
  const room = 'shared/wechat/message';
  try {
    declare(outDir, [`${room}/ordinary.ts`, `${room}/events.ts`]);
    return {
      messages: readTable(path.join(outDir, room, 'ordinary.d.ts'), 'ordinaryMessages'),
      events: readTable(path.join(outDir, room, 'events.d.ts'), 'events'),
    };
  } finally {
    rmSync(outDir, { recursive: true });
  }
}

function readTable(file: string, name: string): MessageTable {
  const bytes = readFileSync(file);
  const { body } = parseSync(bytes.toString('utf8'), { syntax: 'typescript', target: 'es2022' });
  for (const item of body) {
    if (item.type !== 'ExportDeclaration') continue;
    if (item.declaration.type !== 'VariableDeclaration') continue;
    for (const { id } of item.declaration.declarations) {
      if (id.type !== 'Identifier' || id.value !== name || !('typeAnnotation' in id)) continue;
      const type = id.typeAnnotation?.typeAnnotation;
      if (type?.type !== 'TsTypeLiteral') break;
      // Positions count bytes over all that swc has parsed; that of the name in the file is known.
      const start = id.span.start - bytes.indexOf(`const ${name}:`) - 'const '.length;
      return tableOf(type, (at) => bytes.subarray(0, at - start).toString('utf8'));
    }
  }
  throw new Error(`${path.basename(file)} declares no table ${name}.`);
}

/** @param before the text of the file up to a position */
function tableOf(table: TsTypeLiteral, before: (at: number) => string): MessageTable {
  return Object.fromEntries(
    propertiesOf(table).map(({ name, type }) => [name, fieldsOf('', asLiteral(type))]),
  );

  function fieldsOf(prefix: string, shape: TsTypeLiteral): readonly MessageField[] {
    return propertiesOf(shape).flatMap(({ name, type, at }) => {
      const { type: word, isOptional, inner } = read(resultOf(type));
      const field = `${prefix}${name}`;
      return [
        { name: field, type: word, isOptional, note: commentAtEnd(before(at)) },
        ...(inner ? fieldsOf(`${field}${word === 'object' ? '.' : '[].'}`, inner) : []),
      ];
    });
  }
}

/** What a reader gives: one with a name, or a function that is written out in the table. */
function resultOf(type: TsType): TsType {
  return type.type === 'TsFunctionType'
    ? type.typeAnnotation.typeAnnotation
    : argumentOf(type, 'Reader');
}

/** A type in the words of the pages. */
function read(type: TsType): {
  readonly type: string;
  readonly isOptional: boolean;
  readonly inner?: TsTypeLiteral;
} {
  switch (type.type) {
    case 'TsKeywordType':
      return { type: type.kind, isOptional: false };
    case 'TsUnionType': {
      const isUndefined = (each: TsType) =>
        each.type === 'TsKeywordType' && each.kind === 'undefined';
      const [one, ...others] = type.types.filter((each) => !isUndefined(each));
      if (!one || others.length > 0) throw new Error('A reader gives one of several types.');
      return { ...read(one), isOptional: type.types.some(isUndefined) };
    }
    case 'TsTypeOperator':
      return read(type.typeAnnotation);
    case 'TsArrayType': {
      const item = read(type.elemType);
      return { ...item, type: `${item.type}[]` };
    }
    default:
      return { type: 'object', isOptional: false, inner: asLiteral(argumentOf(type, 'Read')) };
  }
}

/** `T` of `Reader<T>`, which may be written `import('./shape.ts').Reader<T>`. */
function argumentOf(type: TsType, of: string): TsType {
  const name = type.type === 'TsTypeReference' ? type.typeName : undefined;
  const qualifier = type.type === 'TsImportType' ? type.qualifier : name;
  const found =
    type.type === 'TsTypeReference'
      ? type.typeParams?.params[0]
      : type.type === 'TsImportType'
        ? type.typeArguments?.params[0]
        : undefined;
  if (qualifier?.type === 'Identifier' && qualifier.value === of && found) return found;
  throw new Error(`A ${type.type} stands in a table of messages where a ${of} is expected.`);
}

function propertiesOf({ members }: TsTypeLiteral) {
  return members.map((member) => {
    const isPlain = member.type === 'TsPropertySignature' && member.key.type === 'Identifier';
    if (!isPlain || !member.typeAnnotation) throw new Error(`A ${member.type} is no field.`);
    const { key, span, typeAnnotation } = member;
    const name = key.type === 'Identifier' ? key.value : '';
    return { name, type: typeAnnotation.typeAnnotation, at: span.start };
  });
}

function asLiteral(type: TsType): TsTypeLiteral {
  if (type.type === 'TsTypeLiteral') return type;
  throw new Error(`A ${type.type} stands where the fields of a message are expected.`);
}

function commentAtEnd(text: string): string {
  const comment = /\/\*\*((?:[^*]|\*(?!\/))*)\*\/\s*$/.exec(text)?.[1] ?? '';
  return comment.replace(/\s*\n\s*\*?\s*/g, ' ').trim();
}
