/**
 * For the processes in which jest runs test files. When their work is over nothing keeps them, but to take
 * down the memory of some hundred files object by object takes seconds, of which jest waits half a
 * one: then it kills them and says that a test has left something behind. The system takes memory back at
 * once.
 */
if (process.argv[1]?.includes('jest-worker')) process.on('exit', () => process.exit());
