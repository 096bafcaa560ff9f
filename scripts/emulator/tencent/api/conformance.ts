import type {
  CloudAction,
  CloudRequest,
  CloudResponse,
  CloudService,
} from '../../../cloud/models/index.ts';
import type { SeenParameters } from '../../../cloud/models/unmodelled.ts';
import type { Action, Service } from './action.ts';

type Primitive = string | number | bigint | boolean | null | undefined;

/** Keys of `Model` that a value must have. */
type Required<Model> = string extends keyof Model
  ? never
  : { [Key in keyof Model]-?: undefined extends Model[Key] ? never : Key }[keyof Model];

/**
 * The names of fields in which `Given` is not what the official SDK's `Model` says: a field that it
 * does not know, one of another type, or an answer whose fields are not known here. `never` if it fits.
 */
type Misfit<Given, Model> = unknown extends Model
  ? never
  : unknown extends Given
    ? never
    : Given extends Primitive
      ? Given extends Model | null | undefined
        ? never
        : 'a value of another type'
      : Given extends readonly (infer Item)[]
        ? NonNullable<Model> extends readonly (infer ModelItem)[]
          ? Misfit<Item, ModelItem>
          : 'a list'
        : MisfitOfObject<Given, NonNullable<Model>>;

type MisfitOfObject<Given, Model> = string extends keyof Given
  ? never
  : [keyof Given] extends [never]
    ? string extends Given
      ? never
      : 'an object of which nothing is known'
    : {
        [Key in keyof Given]-?: Key extends keyof Model
          ? [Misfit<Given[Key], Model[Key]>] extends [never]
            ? never
            : `${Key & string}: ${Misfit<Given[Key], Model[Key]> & string}`
          : `${Key & string} is unknown to the SDK`;
      }[keyof Given];

/** Required parameters that an action would refuse as unknown. */
type Unaccepted<Accepted, Model> = Exclude<Required<Model>, keyof Accepted>;

/** What the SDK's request says, and what Tencent's own tools were seen to send beside it. */
type Accepted<S extends CloudService, Name extends CloudAction<S>> = CloudRequest<S, Name> &
  (S extends keyof SeenParameters
    ? Name extends keyof SeenParameters[S]
      ? SeenParameters[S][Name]
      : unknown
    : unknown);

type Verdict<Name, S extends CloudService, Given> =
  Name extends CloudAction<S>
    ? Given extends Action<infer Input, infer Answer>
      ?
          | Misfit<Input, Accepted<S, Name>>
          | Misfit<Answer, CloudResponse<S, Name>>
          | (Unaccepted<Input, CloudRequest<S, Name>> extends infer Missing extends string
              ? `${Missing} is not accepted`
              : never)
      : never
    : 'no such action';

/** Nothing if every action has the shapes of the SDK, else what is wrong with which. */
type Conforming<S extends CloudService, Actions> = {
  readonly [Name in keyof Actions]: [Verdict<Name, S, Actions[Name]>] extends [never]
    ? Actions[Name]
    : { readonly wrong: Verdict<Name, S, Actions[Name]> };
};

/**
 * A service of the cloud API, whose actions accept the requests and give the answers of the official
 * SDK: one with a field that the SDK does not know, or a field of another type, does not compile.
 */
export function service<S extends CloudService>() {
  return <Actions extends Readonly<Record<string, unknown>>>(
    version: string,
    actions: Actions & Conforming<S, Actions>,
  ): Service => ({ version, actions: actions as unknown as Service['actions'] });
}
