import { httpFunction } from '../../../shared/scf/http.ts';
import type { Create } from '../workload/contest.ts';
import { benchApp } from './fuwuhao-app.ts';
import { noStore } from './no-store.ts';

/** Ours from the platform's event to its answer, as an event function. */
export const main: Create = (options) => {
  const answer = httpFunction(benchApp(options, noStore));
  return async (query, body) => {
    const event = { httpMethod: 'POST', path: '/', queryString: query, headers: {}, body };
    const { statusCode, body: reply } = await answer(event, { request_id: 'bench' });
    if (statusCode !== 200) throw new Error(`status ${statusCode}`);
    return reply;
  };
};
