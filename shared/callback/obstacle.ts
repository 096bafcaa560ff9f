import { AppError } from '../kernel/errors.ts';

const obstacles = {
  repeat: 'Another delivery has handled this message, or is at it.',
  unavailable: 'The store did not say whether this message was handled before.',
  late: 'The message was claimed only when the time to answer WeChat was over.',
  turn: 'Earlier messages of the follower have the sessions in hand, so this one is left to the worker.',
};

/** Why the chain of handlers ended in front of one that was about to act. */
export type Obstacle = keyof typeof obstacles;

/** The error that ends the chain of handlers. */
export function notHandled(obstacle: Obstacle): AppError {
  return new AppError('conflict', obstacles[obstacle]);
}
