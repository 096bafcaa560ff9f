import { guessCollection } from './guess-document.ts';
import { operatorCollection } from './operator-document.ts';
import { consoleSessionCollection } from './session-document.ts';
import { ticketCollection } from './ticket-document.ts';

/** The collections of the console. */
export const consoleCollections = [
  operatorCollection,
  ticketCollection,
  consoleSessionCollection,
  guessCollection,
];
