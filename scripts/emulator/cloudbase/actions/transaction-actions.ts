import { writesOf } from '../store/transactions.ts';
import { type Action, text } from './action.ts';

/** The same in both dialects. */
export const transactionActions: Readonly<Record<string, Action>> = {
  'database.startTransaction': ({ environment }) => ({
    transactionId: environment.transactions.begin(environment.database.seq).id,
  }),

  'database.commitTransaction': ({ body, environment: { transactions, database } }) => {
    const transaction = transactions.get(text(body, 'transactionId'));
    try {
      database.commit(writesOf(transaction));
    } finally {
      transactions.end(transaction);
    }
    return {};
  },

  'database.abortTransaction': ({ body, environment: { transactions } }) => {
    transactions.end(transactions.get(text(body, 'transactionId')));
    return {};
  },

  'database.addCollection': ({ body, environment: { database } }) => {
    database.createCollection(text(body, 'collectionName'));
    return {};
  },
};
