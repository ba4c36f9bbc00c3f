// Tests in a real browser: Chromium, logged in to the n8n that all end-to-end tests share.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Browser, type BrowserContext, chromium, selectors } from 'playwright-core';
import { repositoryRoot } from '../../../support/paths.mts';
import { Editor } from './editor.mts';

const WINDOW = { width: 1280, height: 800 };

/** By then a vendor's response is on the page, even on a busy machine. */
const SHOWN_DEADLINE_MS = 45_000;

/** Flags for a browser in a container, and against calls to its maker. */
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

const N8N_URL = process.env.GUESTLIST_E2E_URL ?? '';

/** Where the page of a failed test is saved. */
const FAILURES = join(repositoryRoot(), 'build', 'browser');

export type Theme = 'light' | 'dark';

/** Makes tests that get n8n's editor, each in its own page. */
export type EditorTest = (
	title: string,
	work: (editor: Editor) => Promise<void>,
	theme?: Theme,
) => void;

/** A logged-in browser window. */
async function openWindow(browser: Browser, theme: Theme): Promise<BrowserContext> {
	const [name = '', value = ''] = (process.env.GUESTLIST_E2E_COOKIE ?? '').split('=');
	const context = await browser.newContext({ viewport: WINDOW, colorScheme: theme });
	context.setDefaultTimeout(SHOWN_DEADLINE_MS);
	await context.addCookies([{ name, value, url: N8N_URL }]);
	return context;
}

/** Starts a browser for the test file and closes it afterwards. @returns the function that makes its tests */
export function useBrowser(): EditorTest {
	selectors.setTestIdAttribute('data-test-id');
	let browser: Browser | undefined;
	// A window caches the editor's code, so that it is loaded once.
	const windows = new Map<Theme, Promise<BrowserContext>>();
	beforeAll(async () => {
		const { GUESTLIST_CHROMIUM: executablePath } = process.env;
		if (executablePath === undefined) throw new Error('start these tests with npm run test:e2e');
		browser = await chromium.launch({ executablePath, args: FLAGS });
	});
	afterAll(async () => {
		await browser?.close();
	});
	const newPage = async (theme: Theme) => {
		if (browser === undefined) throw new Error('the browser is not running');
		const context = windows.get(theme) ?? openWindow(browser, theme);
		windows.set(theme, context);
		return await (await context).newPage();
	};
	return (title, work, theme = 'light') => {
		test(title, async () => {
			const editor = new Editor(await newPage(theme), N8N_URL);
			try {
				await work(editor);
			} catch (error) {
				await keepFailure(editor);
				throw error;
			} finally {
				await editor.page.close();
			}
		});
	};
}

/** Saves the page, so that a person can look at it. */
async function keepFailure({ page }: Editor): Promise<void> {
	await mkdir(FAILURES, { recursive: true });
	const { currentTestName = '' } = expect.getState();
	const file = `${currentTestName.replace(/[^a-z0-9]+/gi, '-')}.png`;
	await page.screenshot({ path: join(FAILURES, file) });
	process.stderr.write(`The page is kept in build/browser/${file}\n`);
}
