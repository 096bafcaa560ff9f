import type { CallbackApp } from '../app/callback.ts';
import { AppError } from '../kernel/errors.ts';
import { type HttpFunction, httpFunction } from './http.ts';
import { type PushFunction, pushFunction } from './push-function.ts';

/**
 * The callback as an event function: behind a gateway, or as a cloud function to which WeChat pushes.
 *
 * @throws AppError `invalid` for a door that belongs to a container
 */
export function callbackFunction(app: CallbackApp): HttpFunction | PushFunction {
  switch (app.pushDoor) {
    case 'signed':
      return httpFunction(app, app.addressHeader);
    case 'cloud-function':
      return pushFunction(app, app.pushSources);
    case 'container':
      throw misplaced(
        'container, and this is an event function, whose address anybody can call with any header',
        'cloud-function in WeChat Cloud, else signed',
      );
  }
}

/**
 * The callback as a server: of a container, or of an HTTP function.
 *
 * @throws AppError `invalid` for a door that does not belong there
 */
export function callbackServer(
  app: CallbackApp,
  env: Readonly<Record<string, string | undefined>>,
): CallbackApp {
  if (app.pushDoor === 'cloud-function') {
    throw misplaced(
      'cloud-function, and this is a server',
      'container in WeChat Cloud, else signed',
    );
  }
  const isScf = env.TENCENTCLOUD_RUNENV === 'SCF';
  if (!isScf && env.CALLBACK_ALLOW_LIST === 'on' && !env.HTTP_ADDRESS_HEADER) {
    throw new AppError(
      'invalid',
      'CALLBACK_ALLOW_LIST is on, but no platform tells this server the address of a caller. Name the header in which your proxy writes it in HTTP_ADDRESS_HEADER, or switch the list off.',
    );
  }
  if (app.pushDoor === 'container' && isScf) {
    throw misplaced(
      'container, and this is an HTTP function of SCF, whose address anybody can call with any header',
      'signed',
    );
  }
  return app;
}

function misplaced(is: string, shouldBe: string): AppError {
  return new AppError('invalid', `PUSH_DOOR is ${is}. Set it to ${shouldBe}.`);
}
