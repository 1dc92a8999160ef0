/**
 * One process of a function: loads the bundled handler that its first argument names, and calls it for each event that its parent
 * sends. What is thrown goes back as text, as Lambda reports it.
 */
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const { handler } = await import(pathToFileURL(process.argv[2]).href);

process.on('message', ({ id, event, context }) => {
  const deadline = Date.now() + context.timeoutMs;
  const getRemainingTimeInMillis = () => deadline - Date.now();
  Promise.resolve()
    .then(() => handler(event, { ...context, getRemainingTimeInMillis }))
    .then(
      (result) => process.send({ id, result }),
      (error) =>
        process.send({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
});
process.send({ isReady: true });
