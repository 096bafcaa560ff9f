import { httpFunction } from '../../../shared/scf/http.ts';
import type { Answer } from '../workload/contest.ts';
import type { BenchApp } from './fuwuhao-app.ts';

/** An event function as the bench asks it: from a push to the body of its answer. */
export function answerWith(app: BenchApp): Answer {
  const main = httpFunction(app);
  const answer: Answer = async (query, body) => {
    const event = { httpMethod: 'POST', path: '/', queryString: query, headers: {}, body };
    const { statusCode, body: reply } = await main(event, { request_id: 'bench' });
    if (statusCode !== 200) throw new Error(`status ${statusCode}`);
    return reply;
  };
  return Object.assign(answer, { takeLines: app.takeLines });
}
