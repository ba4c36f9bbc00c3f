// The pictures of the documentation: taken while the tests run, when GUESTLIST_SCREENSHOTS=1 asks for them.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { repositoryRoot } from '../../../support/paths.mts';

const FOLDER = join(repositoryRoot(), 'docs', 'images');

/** Whether the documentation's pictures are taken. */
export const arePicturesAsked = process.env.GUESTLIST_SCREENSHOTS === '1';

/** n8n's notices lie over what is to be seen; they fade for longer than a picture should wait. */
const WITHOUT_NOTICES = '.el-notification { visibility: hidden !important; }';

/** Takes a picture of the page. @param name of the file, e.g. `node-search` */
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
