/** Finds the repository's folders from any working directory inside it. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const PACKAGE_NAME = 'n8n-nodes-guestlist';

/**
 * The repository's root folder: the nearest folder at or above the working directory with the package.json of this
 * package.
 * @throws Error if the working directory is outside the repository
 */
export function repositoryRoot(): string {
	for (let folder = process.cwd(); ; folder = dirname(folder)) {
		const file = join(folder, 'package.json');
		if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === PACKAGE_NAME) {
			return folder;
		}
		if (dirname(folder) === folder) {
			throw new Error(`${process.cwd()} is not inside ${PACKAGE_NAME}`);
		}
	}
}
