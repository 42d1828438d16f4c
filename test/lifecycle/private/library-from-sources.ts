/**
 * Lets an example's `cdk-hyperpod` be the sources, so that a test is never about an old build. To be required before the app, with the JavaScript of
 * the sources in `LIBRARY`.
 */
import Module from 'module';

const resolver = Module as unknown as { _resolveFilename: (request: string, ...rest: unknown[]) => string };
const resolveFilename = resolver._resolveFilename;
resolver._resolveFilename = (request, ...rest) => resolveFilename(request === 'cdk-hyperpod' ? process.env.LIBRARY! : request, ...rest);
