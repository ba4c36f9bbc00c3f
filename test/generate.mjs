// `npm run generate`: writes the output schemas and the operations tables of the docs. It runs the tests that check them,
// with permission to write. Needs a build.

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';

const TESTS = ['test/engine/schemas.test.mts', 'test/unit/docs/operationsTable.test.mts'];

const jest = path.join('node_modules', 'jest', 'bin', 'jest.js');
const { status } = spawnSync(process.execPath, [jest, '--runTestsByPath', ...TESTS], {
	stdio: 'inherit',
	env: { ...process.env, GENERATE: '1' },
});
process.exitCode = status ?? 1;
