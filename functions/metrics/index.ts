import { metricsApp } from '../../shared/app/metrics.ts';
import { httpFunction } from '../../shared/scf/http.ts';

/** Prometheus reads this by HTTP, with the bearer key; an uptime check reads its `/health`. */
export const main = httpFunction(metricsApp());
