import { tokenRefreshApp } from '../../shared/app/token-refresh.ts';
import { timerFunction } from '../../shared/scf/timer.ts';

/** Every five minutes: renews the access_token and the jsapi_ticket before they end. */
export const main = timerFunction(() => tokenRefreshApp());
