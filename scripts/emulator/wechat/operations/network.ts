import { isIP } from 'node:net';
import { ApiError } from '../errors/errors.ts';
import { jsonOf, textIn } from '../http/call.ts';
import type { OperationsOf } from './operation.ts';

/** The samples of WeChat's documents, behind the address that the emulator's own pushes come from. */
const CALLBACK_IPS = ['127.0.0.1', '106.55.206.146', '101.226.103.0/25'];
const API_IPS = ['127.0.0.1', '101.226.212.27', '58.246.220.31'];

const operators = ['CHINANET', 'UNICOM', 'CAP', 'DEFAULT'];
const actions = ['dns', 'ping', 'all'];

export const network: OperationsOf<'network'> = {
  listCallbackIps: () => ({
    ip_list: CALLBACK_IPS,
  }),

  listApiIps: () => ({ ip_list: API_IPS }),

  checkCallback({ callbackUrl }, call) {
    const body = jsonOf(call);
    const action = textIn(body, 'action');
    const operator = textIn(body, 'check_operator') || 'DEFAULT';
    const url = callbackUrl();
    if (url === undefined) throw new ApiError(40201);
    if (!actions.includes(action)) throw new ApiError(40202);
    if (!operators.includes(operator)) throw new ApiError(40203);

    const { hostname } = new URL(url);
    // Nothing is resolved: the emulator works without a network.
    const ip = isIP(hostname) ? hostname : '127.0.0.1';
    const dns = [{ ip, real_operator: operator === 'DEFAULT' ? 'UNICOM' : operator }];
    const ping = [{ ip, from_operator: operator, package_loss: '0%', time: '0.079ms' }];
    return {
      ...(action === 'ping' ? {} : { dns }),
      ...(action === 'dns' ? {} : { ping }),
    };
  },
};
