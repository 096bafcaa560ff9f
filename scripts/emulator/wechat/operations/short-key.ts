import { ApiError } from '../errors/errors.ts';
import { jsonOf, textIn } from '../http/call.ts';
import { done, type OperationsOf, retired } from './operation.ts';

const MAX_DATA_BYTES = 4_096;
const MAX_SECONDS = 2_592_000;

export const shortKey: OperationsOf<'shortKey'> = {
  create({ shortKeys }, call) {
    const body = jsonOf(call);
    const data = textIn(body, 'long_data');
    if (data === '') throw new ApiError(47003);
    if (Buffer.byteLength(data) > MAX_DATA_BYTES) throw new ApiError(9410010);
    const { expire_seconds: seconds = MAX_SECONDS } = body;
    if (typeof seconds !== 'number') throw new ApiError(47003);
    const isInRange = Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_SECONDS;
    if (!isInRange) throw new ApiError(9410011);
    return { ...done, short_key: shortKeys.add(data, seconds) };
  },

  get({ shortKeys }, call) {
    const key = textIn(jsonOf(call), 'short_key');
    if (key === '') throw new ApiError(47003);
    const record = shortKeys.find(key);
    if (!record) throw new ApiError(9410012);
    const { data, createdAt, lifeSeconds } = record;
    return { ...done, long_data: data, create_time: createdAt, expire_seconds: lifeSeconds };
  },

  createUrl: retired,
};
