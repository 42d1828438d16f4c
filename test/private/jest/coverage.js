const { Session } = require('node:inspector/promises');

/**
 * V8's counts of what ran, started once a process. To take them sets them to zero:
 * https://chromedevtools.github.io/devtools-protocol/v8/Profiler/#method-takePreciseCoverage
 *
 * Jest starts and stops them for each test file, and a debugger with them. Each time V8 goes through all that is loaded, aws-cdk-lib too.
 */
let counting;

async function count() {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  return session;
}

async function take() {
  counting ??= count();
  const { result } = await (await counting).post('Profiler.takePreciseCoverage');
  return result;
}

/** What jest-runtime expects of https://github.com/SimenB/collect-v8-coverage */
const instrumenter = { startInstrumenting: take, stopInstrumenting: take };

module.exports = { instrumenter };
