/** Simplified Chinese for adopting unfinished files. */
export const adopting = {
  adopt: {
    open: '接收未完成的文件…',
    title: '接收未完成的文件',
    body: '在文件夹中查找未完成的 Sluice 下载:来自其他电脑、终端或已丢失的列表。Sluice 保留已下载的内容并继续。',
    folder: '文件夹',
    start: '接收',
    paused: '接收但不开始',
    dismiss: '取消',
    close: '关闭',
    adopted_other: '已接收 {{count}} 个文件。',
    present_other: '{{count}} 个已在列表中。',
    refused_other: '{{count}} 个无法接收:',
    unvouched_other: '{{count}} 个文件没有可读的日志。请给出其链接:Sluice 保留一致的字节,其余重新下载。',
    linkOf: '{{name}} 的链接',
    refusedList: '未接收的文件',
    nothing: '此文件夹中没有未完成的文件。',
  },
} as const;
