import { Aggregator, ProcessingMode } from 'mingo';
import { invalidOperator } from '../errors.ts';
import type { Session } from '../store/session.ts';
import type { Document, Value } from '../values.ts';
import { asServiceError } from './mingo-errors.ts';

export type Stage = readonly [name: string, value: Value];

/** The stages the SDKs can build, but `$geoNear`; those that write collections are not for users. */
const STAGES: ReadonlySet<string> = new Set(
  (
    '$match $project $addFields $set $unset $group $sort $limit $skip $count $unwind $sample $lookup ' +
    '$bucket $bucketAuto $sortByCount $replaceRoot $replaceWith $facet'
  ).split(' '),
);

export function aggregate(
  session: Session,
  collection: string,
  stages: readonly Stage[],
): readonly Document[] {
  for (const [name] of stages) if (!STAGES.has(name)) throw invalidOperator(name);
  const all = (name: string) => [...session.scan(name)].map(([, document]) => document);
  return asServiceError(() =>
    new Aggregator(
      stages.map(([name, value]) => ({ [name]: value })),
      {
        processingMode: ProcessingMode.CLONE_INPUT,
        scriptEnabled: false,
        collectionResolver: all,
      },
    ).run<Record<string, Value>>(all(collection)),
  );
}
