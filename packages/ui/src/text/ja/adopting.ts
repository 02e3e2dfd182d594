/** Japanese for adopting unfinished files. */
export const adopting = {
  adopt: {
    open: '未完了のファイルを引き継ぐ…',
    title: '未完了のファイルを引き継ぐ',
    body: 'フォルダー内の未完了の Sluice ダウンロードを探します。別のコンピューター、端末、または失われた一覧のものです。取得済みの部分を残して続けます。',
    folder: 'フォルダー',
    start: '引き継ぐ',
    paused: '一時停止で引き継ぐ',
    dismiss: 'キャンセル',
    close: '閉じる',
    adopted_other: '{{count}} 個のファイルを引き継ぎました。',
    present_other: '{{count}} 件はすでに一覧にあります。',
    refused_other: '{{count}} 件を引き継げませんでした:',
    unvouched_other:
      '{{count}} 個のファイルに読めるジャーナルがありません。リンクを指定すると、一致するバイトを残して残りを取り直します。',
    linkOf: '{{name}} のリンク',
    refusedList: '引き継げなかったファイル',
    nothing: 'このフォルダーに未完了のファイルはありません。',
  },
} as const;
