// The screenshots of the documentation: taken while the tests run, if GUESTLIST_SCREENSHOTS=1.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { repositoryRoot } from '../../../support/paths.mts';

const FOLDER = join(repositoryRoot(), 'docs', 'images');

/** Whether to take the documentation's screenshots. */
export const arePicturesAsked = process.env.GUESTLIST_SCREENSHOTS === '1';

/** n8n's notices cover the page and take too long to fade for a screenshot. */
const WITHOUT_NOTICES = '.el-notification { visibility: hidden !important; }';

/** Takes a screenshot of the page. @param name of the file, e.g. `node-search` */
export async function takePicture(page: Page, name: string): Promise<void> {
	await mkdir(FOLDER, { recursive: true });
	await page.mouse.move(0, 0);
	await page.screenshot({
		path: join(FOLDER, `${name}.png`),
		style: WITHOUT_NOTICES,
		animations: 'disabled',
		caret: 'hide',
	});
}
