import { apiProxyApp } from '../../shared/app/api-proxy.ts';
import { serve } from '../../shared/scf/serve.ts';

/** The same proxy as an HTTP server, which handles many calls at a time in one process. */
export const main = () => serve((world) => apiProxyApp(world));
