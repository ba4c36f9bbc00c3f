// The system programs that some end-to-end tests run: a browser, and the data stores of n8n's queue mode. On Debian
// and Ubuntu the missing ones are installed; elsewhere a message says what to install.

import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { run } from '../../../host/processes.mjs';
import { HostError, withHeartbeat } from '../../../host/ui.mjs';

const POSTGRES_VERSIONS = '/usr/lib/postgresql';

/** Debian keeps PostgreSQL's server programs out of the PATH, in a folder per version. */
function postgresFolders() {
	if (!existsSync(POSTGRES_VERSIONS)) return [];
	const versions = readdirSync(POSTGRES_VERSIONS).sort((a, b) => Number(b) - Number(a));
	return versions.map((version) => join(POSTGRES_VERSIONS, version, 'bin'));
}

const pathFolders = () => (process.env.PATH ?? '').split(delimiter).filter(Boolean);

/** The first of the names that exists in one of the folders. */
function firstIn(folders, names) {
	const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
	return paths.find((path) => existsSync(path));
}

/**
 * @typedef {object} Program
 * @property {string} title what a message calls it
 * @property {string} variable the environment variable that names its path: a person may set it, the tests read it
 * @property {string} debianPackage what `apt-get install` calls it
 * @property {() => string | undefined} find its path, where it is installed
 */

/** @type {Program[]} */
const PROGRAMS = [
	{
		title: 'Chromium',
		variable: 'GUESTLIST_CHROMIUM',
		debianPackage: 'chromium',
		find: () =>
			firstIn(
				[
					...pathFolders(),
					'/Applications/Google Chrome.app/Contents/MacOS',
					'/Applications/Chromium.app/Contents/MacOS',
				],
				['chromium', 'chromium-browser', 'google-chrome', 'Google Chrome', 'Chromium'],
			),
	},
	{
		title: 'Redis',
		variable: 'GUESTLIST_REDIS',
		debianPackage: 'redis-server',
		find: () => firstIn(pathFolders(), ['redis-server']),
	},
	{
		title: 'PostgreSQL (its program initdb)',
		variable: 'GUESTLIST_INITDB',
		debianPackage: 'postgresql',
		find: () => firstIn([...postgresFolders(), ...pathFolders()], ['initdb']),
	},
];

const pathOf = ({ variable, find }) => process.env[variable] || find();

async function installFromDebian(missing, log) {
	const packages = missing.map(({ debianPackage }) => debianPackage);
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const options = { cwd: '/', env };
	return await withHeartbeat(log, `Installing ${packages.join(', ')} (apt-get)`, async () => {
		const updated = await run('apt-get', ['update', '-q'], options);
		if (updated.code !== 0) return updated.output;
		const install = ['install', '-y', '-q', '--no-install-recommends', ...packages];
		const installed = await run('apt-get', install, options);
		return installed.code === 0 ? '' : installed.output;
	});
}

function canInstall() {
	return process.getuid?.() === 0 && firstIn(pathFolders(), ['apt-get']) !== undefined;
}

/**
 * Finds the programs, and installs the missing ones if possible.
 * @param {{ log: (text: string) => void }} options receives the progress, line by line
 * @returns {Promise<Record<string, string>>} environment variables with the path of each
 * @throws {HostError} that names what has to be installed
 */
export async function ensurePrograms({ log }) {
	const missing = () => PROGRAMS.filter((program) => pathOf(program) === undefined);
	let reason = '';
	if (missing().length > 0 && canInstall()) reason = await installFromDebian(missing(), log);
	const absent = missing();
	if (absent.length > 0) {
		const tail = reason.trim().split('\n').slice(-15).join('\n');
		throw new HostError(
			`These tests need ${absent.map(({ title }) => title).join(', ')}. Install what is missing ` +
				`(Debian and Ubuntu: sudo apt-get install ${absent.map((one) => one.debianPackage).join(' ')}), ` +
				`or name its path in ${absent.map(({ variable }) => variable).join(', ')}, and start again.\n${tail}`,
		);
	}
	return Object.fromEntries(PROGRAMS.map((program) => [program.variable, pathOf(program)]));
}
