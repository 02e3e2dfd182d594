/** The speed limit of all downloads together, one click away. */
import { Gauge } from 'lucide-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover, Separator, Text } from 'react-aria-components';
import { useServices } from '../app/services.ts';
import { useReplica } from '../app/use-store.ts';
import { useTexts } from '../text/use-texts.ts';
import { openDialog } from '../view/view-store.ts';

const presets = [500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000] as const;

export function SpeedLimitMenu() {
  const { t, formats } = useTexts();
  const { engine, commands, view } = useServices();
  const limit = useReplica((state) => state.settings.speedLimitBytesPerSecond);
  const shown = limit === 0 ? t('status.noLimit') : t('status.limitValue', { speed: formats.speedLimit(limit) });

  function choose(key: string | number): void {
    if (key === 'custom') openDialog(view, { kind: 'settings' });
    else commands.attempt(engine.writeSettings({ speedLimitBytesPerSecond: Number(key) }));
  }

  return (
    <MenuTrigger>
      <Button className="status-button" data-on={limit > 0} aria-label={t('status.limitButton', { limit: shown })}>
        <Gauge aria-hidden size={14} />
        <span className="figure">{shown}</span>
      </Button>
      <Popover className="popover" placement="top end">
        <Menu
          className="menu"
          aria-label={t('status.limit')}
          selectionMode="single"
          selectedKeys={[String(limit)]}
          onAction={choose}
        >
          <LimitItem bytesPerSecond={0} label={t('status.noLimit')} />
          {presets.map((preset) => (
            <LimitItem key={preset} bytesPerSecond={preset} label={formats.speedLimit(preset)} />
          ))}
          <Separator className="menu-separator" />
          <MenuItem id="custom" className="menu-item" textValue={t('status.customLimit')}>
            <Text slot="label">{t('status.customLimit')}</Text>
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function LimitItem({ bytesPerSecond, label }: { readonly bytesPerSecond: number; readonly label: string }) {
  return (
    <MenuItem id={String(bytesPerSecond)} className="menu-item figure" textValue={label}>
      <Text slot="label">{label}</Text>
    </MenuItem>
  );
}
